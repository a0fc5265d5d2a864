import type { StoredModel } from '../../domain/stored-model.js';
import { Program } from '../../engine/compile/program.js';
import type { ImageSet } from '../datasets/image-set.js';
import { type Classifier, classifierOf } from './classifier.js';
import { withoutSoftmax } from './logits.js';
import { restoreModel } from './serialisation.js';
import { variablesOf } from './variables.js';

/** Small images at once; of large ones fewer, so that progress is told every few seconds and memory suffices. */
const LARGEST_BATCH = 250;
const BATCH_BYTES = 4 * 2 ** 20;

export interface PredictionRequest {
  readonly model: StoredModel;
  readonly images: ImageSet;
  /** Position of the first image. */
  readonly first: number;
  readonly count: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Class probabilities [count * classes] of clean images. */
export async function probabilitiesOf(
  classify: Classifier,
  classes: number,
  { images, first, count, onProgress, signal }: Omit<PredictionRequest, 'model'>,
): Promise<Float32Array> {
  const imageBytes = images.shape.height * images.shape.width * images.shape.channels;
  const probabilities = new Float32Array(count * classes);
  const batch = Math.min(LARGEST_BATCH, Math.ceil(BATCH_BYTES / imageBytes));
  for (let start = 0; start < count; start += batch) {
    signal?.throwIfAborted();
    const size = Math.min(batch, count - start);
    const pixels = new Uint8Array(size * imageBytes);
    for (let index = 0; index < size; index++) images.copy(first + start + index, pixels, index * imageBytes);
    probabilities.set(await classify(pixels, size), start * classes);
    onProgress?.(start + size, count);
  }
  return probabilities;
}

/**
 * What a model says of clean images.
 * @returns [count * classes] probabilities, row by row
 */
export async function predict({ model, ...request }: PredictionRequest): Promise<Float32Array> {
  const network = await restoreModel(model);
  const logits = withoutSoftmax(network);
  const program = new Program(variablesOf(logits.weights), { frozen: true });
  const classify = classifierOf(program, logits, request.images.shape);
  try {
    return await probabilitiesOf(classify, logits.outputs[0]!.shape.at(-1)!, request);
  } finally {
    program.dispose();
    network.dispose();
  }
}
