import { expectTeacher } from '../domain/expect-same-task.js';
import type { TrainedModel } from '../domain/records.js';
import { openLabels } from '../learning/datasets/open-labels.js';
import { measureCalibration } from '../learning/evaluation/calibration.js';
import { fitTemperature } from '../learning/evaluation/temperature.js';
import { generationKeys } from '../storage/keys.js';
import { readModel, readModelCard } from '../storage/models.js';
import type { AdoptInput } from './contract.js';
import { measure } from './evaluate-model.js';
import { keepModel } from './keep-model.js';
import type { RunningStep } from './step-context.js';

/**
 * Makes a model that is there already a generation: its weights as they are, copied into the run, measured on this
 * run's validation images, its temperature fitted on them as after any training, or kept where they tell none.
 * @throws ModelError when its classes or pictures are others than the data's
 */
export async function adoptTeacher(
  { runId, config, dataset, generation, from }: AdoptInput,
  step: RunningStep,
): Promise<TrainedModel> {
  expectTeacher('teacher.from', from, dataset);
  const model = await readModel(step.store, from.modelKey);
  const measured = await measure(model, { dataset, split: 'validation', generation }, step);
  const { validation: labels } = await openLabels(dataset, step.store);
  const { temperature: own = 1 } = await readModelCard(step.store, from.modelKey);
  const classes = dataset.classes.length;
  const { predictions } = measured;
  const fitted = fitTemperature(predictions, labels, classes, own);
  const { temperature, after } = measureCalibration(predictions, labels, classes, fitted);
  const keys = generationKeys(runId, generation);
  return keepModel({ runId, config, dataset, generation, keys }, step.store, {
    model,
    parameters: from.parameters,
    ...measured,
    temperature,
    calibratedError: after.calibrationError,
  });
}
