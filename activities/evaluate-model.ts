import { outputOrder } from '../domain/class-order.js';
import { DataError } from '../domain/errors.js';
import type { DatasetRecord, Evaluation, FullEvaluation } from '../domain/records.js';
import type { StoredModel } from '../domain/stored-model.js';
import { type ImageSet, labelsOf } from '../learning/datasets/image-set.js';
import { openDataset } from '../learning/datasets/open.js';
import { together } from '../learning/datasets/together.js';
import { evaluate } from '../learning/evaluation/evaluate.js';
import { predict } from '../learning/models/predict.js';
import { reordered } from '../learning/models/reordered.js';
import { generationKeys } from '../storage/keys.js';
import { readModel } from '../storage/models.js';
import { writeEvaluation } from '../storage/runs.js';
import type { EvaluateInput } from './contract.js';
import type { RunningStep } from './step-context.js';
import { toldProgress } from './told-progress.js';

/**
 * How good a model is on one split.
 * @throws DataError when the split has no images.
 */
export async function evaluateModel(input: EvaluateInput, step: RunningStep): Promise<Evaluation> {
  const { runId, dataset, generation, modelKey, split } = input;
  if (dataset.counts[split] === 0) {
    throw new DataError(
      `data.${split}: received no images, expected some to measure generation ${generation} on`,
    );
  }
  const model = await readModel(step.store, modelKey);
  const { evaluation } = await measure(model, { dataset, split, generation }, step);
  return writeEvaluation(step.store, generationKeys(runId, generation).evaluation(split), evaluation);
}

/** What to measure a model on. */
export interface Measurement {
  readonly dataset: DatasetRecord;
  /** Whose images of the split count too; its classes are numbered alike. */
  readonly more?: DatasetRecord | undefined;
  readonly split: 'validation' | 'test';
  /** Of the model, where it may number them otherwise than the data set; what it says comes in the data set's order. */
  readonly classes?: readonly string[] | undefined;
  /** Progress is told as of this one. */
  readonly generation: number;
}

/** A model on all images of a split that has labels. */
export async function measure(
  model: StoredModel,
  { dataset, more, split, classes, generation }: Measurement,
  step: RunningStep,
): Promise<{ readonly evaluation: FullEvaluation; readonly predictions: Float32Array }> {
  const total = dataset.counts[split] + (more?.counts[split] ?? 0);
  const { onShard, onProgress } = toldProgress(step, { generation, total });
  const open = async (of: DatasetRecord): Promise<ImageSet> => {
    const splits = await openDataset(of, step.store, {
      lookedAt: (positions) => [positions[split]],
      onShard,
    });
    return splits[split];
  };
  const images = more ? together(await open(dataset), await open(more)) : await open(dataset);
  const outputs = classes && outputOrder(dataset.classes, classes);
  const said = await predict({ model, images, signal: step.signal, onProgress });
  const predictions = outputs ? reordered(said, outputs) : said;
  return { evaluation: evaluate(predictions, labelsOf(images), dataset.classes.length), predictions };
}
