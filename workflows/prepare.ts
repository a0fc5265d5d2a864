import { withModelImageSettings } from '../domain/config/image-settings.js';
import type { OpenedModel } from '../domain/methods.js';
import type { DatasetRecord } from '../domain/records.js';
import type { RunState } from './run-state.js';

/** What a run begins with. */
export interface Prepared {
  readonly dataset: DatasetRecord;
  /** The model that is generation 0, where that is not trained. */
  readonly from?: OpenedModel;
}

/**
 * Reads and splits the images, for the teacher where that is there already. Which model its name stands for is looked up
 * once: the line may have another champion by the time that the run is gone on with, perhaps a student of its own.
 */
export async function prepare(run: RunState): Promise<Prepared> {
  const { step, steps, pause, config } = run;
  const reference = config.teacher.from;
  const read = 'prepare the data set';
  if (reference === undefined) {
    return { dataset: await pause.interruptible(() => steps.training(read).prepareDataset(step)) };
  }
  const from = await pause.interruptible(() =>
    steps
      .training(`open ${reference}`)
      .openModel({ ...step, reference, name: 'generation-0', field: 'teacher.from' }),
  );
  const pictured = { ...config, data: withModelImageSettings(config.data, from) };
  const dataset = await pause.interruptible(() =>
    steps.training(read).prepareDataset({ ...step, config: pictured, teacher: from }),
  );
  return { dataset, from };
}
