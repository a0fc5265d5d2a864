import type { GenerationOutcome } from '../domain/protocol.js';
import type { DatasetRecord, Verdict } from '../domain/records.js';
import { BY_IMAGE } from './activities.js';
import type { RunState } from './run-state.js';

/**
 * Judges a model against the champion that other work has left in the line. None to beat where the run's teacher is
 * that very champion.
 */
export async function againstReigning(
  { step, steps, pause, config }: RunState,
  dataset: DatasetRecord,
  { model, from }: Pick<GenerationOutcome, 'model' | 'from'>,
): Promise<(Verdict & { readonly version: number }) | undefined> {
  const reigning = await steps
    .orchestration('look for a champion of an earlier run')
    .findReigning({ ...step, dataset });
  if (!reigning || reigning.modelKey === from?.modelKey) return undefined;
  const measured = await pause.interruptible(() =>
    steps
      .training(`measure ${config.name}@${reigning.version} of an earlier run`)
      .measureReigning({ ...step, dataset, reigning }),
  );
  const verdict = await steps
    .orchestration(`compare with ${config.name}@${reigning.version} of an earlier run`, BY_IMAGE)
    .judge({ ...step, dataset, champion: measured, challenger: model });
  return { ...verdict, version: reigning.version };
}
