import { DataError } from '../domain/errors.js';
import type { Evaluation } from '../domain/records.js';
import type { StoredModel } from '../domain/stored-model.js';
import type { ImageSet } from '../learning/datasets/image-set.js';
import { openDataset } from '../learning/datasets/open.js';
import { evaluate } from '../learning/evaluation/evaluate.js';
import { predict } from '../learning/models/predict.js';
import { ProgressMeter } from '../learning/training/progress-meter.js';
import { readModel } from '../storage/models.js';
import type { EvaluateInput } from './contract.js';
import type { RunningStep } from './step-context.js';

/**
 * How good a model is on one split.
 * @throws DataError when the split has no images.
 */
export async function evaluateModel(input: EvaluateInput, step: RunningStep): Promise<Evaluation> {
  const { dataset, generation, modelKey, split } = input;
  if (dataset.counts[split] === 0) {
    throw new DataError(
      `data.${split}: received no images, expected some to measure generation ${generation} on`,
    );
  }
  const model = await readModel(step.store, modelKey);
  const images = (await openDataset(dataset, step.store))[split];
  return (await measure(model, images, dataset.classes.length, generation, step)).evaluation;
}

/** A model on all of some labelled images; progress is told as of that generation. */
export async function measure(
  model: StoredModel,
  images: ImageSet,
  classes: number,
  generation: number,
  step: RunningStep,
): Promise<{ readonly evaluation: Evaluation; readonly predictions: Float32Array }> {
  const progress = { activity: 'evaluate', generation, total: images.count } as const;
  step.report({ ...progress, done: 0, rate: 0 });
  const meter = new ProgressMeter();
  const predictions = await predict({
    model,
    images,
    first: 0,
    count: images.count,
    signal: step.signal,
    onProgress: (done) => step.report({ ...progress, done, rate: meter.rate(done) }),
  });
  const labels = Int32Array.from({ length: images.count }, (_, position) => images.label(position));
  return { evaluation: evaluate(predictions, labels, classes), predictions };
}
