import { DataError } from '../../domain/errors.js';
import { writeFloats } from '../../storage/floats.js';
import { modelKeys } from '../../storage/keys.js';
import { readModel } from '../../storage/models.js';
import { writeEvaluation } from '../../storage/runs.js';
import type { MeasuredModel, MeasureInput } from '../contract.js';
import { measure } from '../evaluate-model.js';
import type { RunningStep } from '../step-context.js';

/**
 * What a model says of each image of a split, and what that is worth.
 * @throws DataError when the split has no images
 */
export async function measureModel(
  { runId, dataset, more, modelKey, name, split }: MeasureInput,
  step: RunningStep,
): Promise<MeasuredModel> {
  if (dataset.counts[split] === 0) {
    throw new DataError(`data.${split}: received no images, expected some to measure ${name} on`);
  }
  const model = await readModel(step.store, modelKey);
  const { evaluation, predictions } = await measure(model, { dataset, more, split, generation: 0 }, step);
  const keys = modelKeys(runId, name);
  const predictionsKey = keys.predictions(split);
  await writeFloats(step.store, predictionsKey, predictions);
  return {
    evaluation: await writeEvaluation(step.store, keys.evaluation(split), evaluation),
    predictionsKey,
  };
}
