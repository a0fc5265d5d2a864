import type { ImageShape } from '../../domain/records.js';
import type { Program } from '../../engine/compile/program.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import type { BatchFunction } from './in-batches.js';

/**
 * What a function of the program's variables sees in packed images.
 * @param see pixels [size, height, width, channels], 0 to 255, to values [size, width]; compiled once
 */
export function compileForImages(
  program: Program,
  { height, width, channels }: ImageShape,
  see: (pixels: TensorFlow.Tensor) => TensorFlow.Tensor2D,
): BatchFunction {
  const compiled = program.compile(({ pixels }) => ({ seen: see(pixels!) }));
  return async (values, size) => {
    const outputs = await compiled.runAsync({ pixels: { values, shape: [size, height, width, channels] } });
    const seen = outputs['seen']!.dataSync() as Float32Array;
    tf.dispose(outputs);
    return seen;
  };
}
