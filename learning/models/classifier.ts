import type { ImageShape } from '../../domain/records.js';
import type { Program } from '../../engine/compile/program.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { compileForImages } from './compile-for-images.js';
import type { BatchFunction } from './in-batches.js';

/**
 * Returns a function from images to class probabilities [size * classes], in inference mode.
 * @param program holds the network's variables
 */
export function classifierOf(
  program: Program,
  logits: TensorFlow.LayersModel,
  image: ImageShape,
): BatchFunction {
  return compileForImages(program, image, (pixels) =>
    tf.softmax(logits.apply(pixels, { training: false }) as TensorFlow.Tensor2D),
  );
}
