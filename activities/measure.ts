import { outputOrder } from '../domain/class-order.js';
import type { DatasetRecord, FullEvaluation } from '../domain/records.js';
import type { StoredModel } from '../domain/stored-model.js';
import { concatImages } from '../learning/datasets/concat-images.js';
import { type ImageSet, labelsOf } from '../learning/datasets/image-set.js';
import { openDataset } from '../learning/datasets/open.js';
import { evaluate } from '../learning/evaluation/evaluate.js';
import { predict } from '../learning/models/predict.js';
import { reordered } from '../learning/models/reordered.js';
import type { ActivityContext } from './context.js';
import { imageProgress } from './image-progress.js';

export interface Measurement {
  readonly dataset: DatasetRecord;
  /** A second data set with the same class order, whose images of the split are added. */
  readonly secondDataset?: DatasetRecord | undefined;
  readonly split: 'validation' | 'test';
  /** The model's classes, if their order may differ from the data set's. */
  readonly classes?: readonly string[] | undefined;
}

/** Predicts and evaluates all labelled images of a split, in the data set's class order. */
export async function measure(
  model: StoredModel,
  { dataset, secondDataset, split, classes }: Measurement,
  context: ActivityContext,
): Promise<{
  readonly evaluation: FullEvaluation;
  readonly predictions: Float32Array;
  readonly labels: Int32Array;
}> {
  const { store, signal } = context;
  const { onShard, onProgress } = imageProgress(
    context,
    dataset.counts[split] + (secondDataset?.counts[split] ?? 0),
  );
  const open = async (of: DatasetRecord): Promise<ImageSet> => {
    const splits = await openDataset(of, store, { imagesToRead: (positions) => [positions[split]], onShard });
    return splits[split];
  };
  const images = secondDataset
    ? concatImages(await open(dataset), await open(secondDataset))
    : await open(dataset);
  const outputs = classes && outputOrder(dataset.classes, classes);
  const own = await predict({ model, images, signal, onProgress });
  const predictions = outputs ? reordered(own, outputs) : own;
  const labels = labelsOf(images);
  return { evaluation: evaluate(predictions, labels, dataset.classes.length), predictions, labels };
}
