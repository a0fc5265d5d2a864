import { expectTeacher } from '../../domain/expect-same-task.js';
import type { DatasetRecord, OpenedModel, TrainedModel } from '../../domain/records.js';
import { measureCalibration } from '../../learning/evaluation/calibration.js';
import { fitTemperature } from '../../learning/evaluation/temperature.js';
import { generationKeys } from '../../storage/keys.js';
import { readModel, readModelCard } from '../../storage/models.js';
import type { ActivityContext } from '../context.js';
import { keepModel } from '../keep-model.js';
import { measure } from '../measure.js';

export interface AdoptInput {
  readonly runId: string;
  readonly dataset: DatasetRecord;
  readonly from: OpenedModel;
}

/**
 * Makes an existing model generation 0: copies it into the run, evaluates it on this run's validation images, and fits
 * its temperature on them, or keeps its own if they do not determine one.
 * @throws ModelError if its classes or image shape differ from the data's
 */
export async function adoptTeacher(
  { runId, dataset, from }: AdoptInput,
  context: ActivityContext,
): Promise<TrainedModel> {
  expectTeacher('teacher.from', from, dataset);
  const model = await readModel(context.store, from.modelKey);
  const measured = await measure(model, { dataset, split: 'validation' }, context);
  const { temperature: own } = await readModelCard(context.store, from.modelKey);
  const classes = dataset.classes.length;
  const { predictions, labels } = measured;
  const fitted = fitTemperature(predictions, labels, classes, own);
  const { temperature, after } = measureCalibration(predictions, labels, classes, fitted);
  const keys = generationKeys(runId, 0);
  return keepModel({ runId, dataset, generation: 0, keys }, context.store, {
    model,
    parameters: from.parameters,
    ...measured,
    temperature,
    calibratedError: after.calibrationError,
  });
}
