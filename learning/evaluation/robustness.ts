import { imageBytes } from '../../domain/image-bytes.js';
import type { Robustness } from '../../domain/methods/robustness.js';
import { type CorruptionPlan, corruptedImages } from '../corruptions/corrupted-images.js';
import { type ImageSet, labelsOf, someOf } from '../datasets/image-set.js';
import { inBatches } from '../models/in-batches.js';
import type { OpenClassifier } from '../models/predict.js';
import { measureReliability } from './reliability.js';
import { applyTemperature } from './temperature.js';

/** Corrupted images held in memory at once. */
const CHUNK_BYTES = 8 * 2 ** 20;

export interface RobustnessRequest {
  readonly model: OpenClassifier;
  /** Temperature of the model's probabilities; 1 leaves them unchanged. */
  readonly temperature: number;
  readonly images: ImageSet;
  /** Positions of the images to measure. */
  readonly positions: ArrayLike<number>;
  /** Measures the clean images if absent. */
  readonly plan?: CorruptionPlan;
  /** Called after each batch with the number of images done. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Measures accuracy and calibration error on images, clean or under one corruption at one severity.
 * @throws RangeError when there are no images
 * @throws the signal's reason when aborted
 */
export async function measureRobustness(request: RobustnessRequest): Promise<Robustness> {
  const { model, temperature, images, positions, plan, onProgress, signal } = request;
  const count = positions.length;
  const chunk = Math.max(1, Math.floor(CHUNK_BYTES / imageBytes(images.shape)));
  const probabilities = new Float32Array(count * model.classes);
  const labels = new Int32Array(count);
  for (let first = 0; first < count; first += chunk) {
    signal?.throwIfAborted();
    const some = Uint32Array.from(
      { length: Math.min(chunk, count - first) },
      (_, index) => positions[first + index]!,
    );
    const inputs = plan ? await corruptedImages(images, some, plan) : someOf(images, some);
    const predictions = await inBatches(model.classify, model.classes, {
      images: inputs,
      onProgress: (done) => onProgress?.(first + done),
      signal,
    });
    probabilities.set(predictions, first * model.classes);
    labels.set(labelsOf(inputs), first);
  }
  if (count === 0) throw new RangeError('images: received none, expected some to measure on');
  const calibrated = applyTemperature(probabilities, temperature, model.classes);
  const { accuracy, calibrationError } = measureReliability(calibrated, labels, model.classes);
  return { accuracy, calibrationError };
}
