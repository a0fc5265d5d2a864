import { DataError } from '../../domain/errors.js';
import { expectSameTask } from '../../domain/expect-same-task.js';
import type { EvaluateReport } from '../../domain/methods/evaluate.js';
import type { DatasetRecord, OpenedModel } from '../../domain/records.js';
import { measureCalibration } from '../../learning/evaluation/calibration.js';
import { modelKeys } from '../../storage/keys.js';
import { readModel, readModelCard } from '../../storage/models.js';
import { writeEvaluation } from '../../storage/runs.js';
import type { ActivityContext } from '../context.js';
import { measure } from '../measure.js';

export interface EvaluateInput {
  readonly runId: string;
  readonly dataset: DatasetRecord;
  readonly model: OpenedModel;
  readonly split: 'test' | 'validation';
}

/**
 * Evaluates a model on all images of a split and stores the evaluation, class by class.
 * @throws ModelError if its classes or image shape differ from the data's
 * @throws DataError if the split has no images
 */
export async function evaluateModel(
  { runId, dataset, model, split }: EvaluateInput,
  context: ActivityContext,
): Promise<Pick<EvaluateReport, 'evaluation' | 'evaluationKey' | 'calibratedError'>> {
  const { store } = context;
  const numbered = expectSameTask('model', model, dataset);
  if (dataset.counts[split] === 0) {
    const instead = split === 'test' ? ': give data.test, or set split to validation' : '';
    throw new DataError(`data.${split}: received no images, expected some to measure on${instead}`);
  }
  const stored = await readModel(store, model.modelKey);
  const { evaluation, predictions, labels } = await measure(stored, { dataset: numbered, split }, context);
  const { temperature } = await readModelCard(store, model.modelKey);
  const { after } = measureCalibration(predictions, labels, numbered.classes.length, temperature);
  const evaluationKey = modelKeys(runId, 'model').evaluation(split);
  return {
    evaluation: await writeEvaluation(store, evaluationKey, evaluation),
    evaluationKey,
    calibratedError: after.calibrationError,
  };
}
