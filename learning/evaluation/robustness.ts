import { imageBytes } from '../../domain/image-bytes.js';
import type { Robustness } from '../../domain/methods/robustness.js';
import { type CorruptionPlan, corruptedImages } from '../corruptions/corrupted-images.js';
import { type ImageSet, labelsOf, someOf } from '../datasets/image-set.js';
import { inBatches } from '../models/in-batches.js';
import type { OpenClassifier } from '../models/predict.js';
import { measureReliability } from './reliability.js';
import { applyTemperature } from './temperature.js';

/** Spoilt pictures held in memory at once. */
const CHUNK_BYTES = 8 * 2 ** 20;

export interface RobustnessRequest {
  readonly model: OpenClassifier;
  /** Of the model's confidence; 1 leaves it as it is. */
  readonly temperature: number;
  readonly images: ImageSet;
  /** Which of the images. */
  readonly positions: ArrayLike<number>;
  /** Absent: clean. */
  readonly plan?: CorruptionPlan;
  /** After each batch, how many images are done. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * How good a model is on images, clean or under one corruption at one severity.
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
    const seen = plan ? await corruptedImages(images, some, plan) : someOf(images, some);
    const said = await inBatches(model.classify, model.classes, {
      images: seen,
      onProgress: (done) => onProgress?.(first + done),
      signal,
    });
    probabilities.set(said, first * model.classes);
    labels.set(labelsOf(seen), first);
  }
  if (count === 0) throw new RangeError('images: received none, expected some to measure on');
  const calibrated = applyTemperature(probabilities, temperature, model.classes);
  const { accuracy, calibrationError } = measureReliability(calibrated, labels, model.classes);
  return { accuracy, calibrationError };
}
