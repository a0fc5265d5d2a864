import type { ImageShape } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import type { ImageSet } from '../datasets/image-set.js';
import { withoutSoftmax } from './logits.js';
import { restoreModel } from './serialisation.js';

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

/** Pixels of a range of images as a tensor [count, height, width, channels] of 0..255, float32. */
export function imageTensor(pixels: Uint8Array, count: number, shape: ImageShape): TensorFlow.Tensor4D {
  const { height, width, channels } = shape;
  return tf.tensor4d(new Float32Array(pixels), [count, height, width, channels], 'float32');
}

/** Class probabilities [count * classes] of clean images, by logits in inference mode. */
export async function probabilitiesOf(
  logits: TensorFlow.LayersModel,
  { images, first, count, onProgress, signal }: Omit<PredictionRequest, 'model'>,
): Promise<Float32Array> {
  const classes = logits.outputs[0]!.shape.at(-1)!;
  const imageBytes = images.shape.height * images.shape.width * images.shape.channels;
  const probabilities = new Float32Array(count * classes);
  const batch = Math.min(LARGEST_BATCH, Math.ceil(BATCH_BYTES / imageBytes));
  for (let start = 0; start < count; start += batch) {
    signal?.throwIfAborted();
    const size = Math.min(batch, count - start);
    const pixels = new Uint8Array(size * imageBytes);
    for (let index = 0; index < size; index++) images.copy(first + start + index, pixels, index * imageBytes);
    const output = tf.tidy(() => {
      const scores = logits.apply(imageTensor(pixels, size, images.shape), {
        training: false,
      }) as TensorFlow.Tensor2D;
      return tf.softmax(scores);
    });
    probabilities.set(await output.data(), start * classes);
    output.dispose();
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
  try {
    return await probabilitiesOf(withoutSoftmax(network), request);
  } finally {
    network.dispose();
  }
}
