import type { ImageShape } from '../../domain/records.js';
import type { Program } from '../../engine/compile/program.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import type { BatchFunction } from './in-batches.js';

/**
 * Compiles a function of images and the program's variables.
 * @param compute from pixels [size, height, width, channels], 0 to 255, to values [size, width]
 */
export function compileForImages(
  program: Program,
  { height, width, channels }: ImageShape,
  compute: (pixels: TensorFlow.Tensor) => TensorFlow.Tensor2D,
): BatchFunction {
  const compiled = program.compile(({ pixels }) => ({ result: compute(pixels!) }));
  return async (values, size) => {
    const outputs = await compiled.runAsync({ pixels: { values, shape: [size, height, width, channels] } });
    const result = outputs['result']!.dataSync() as Float32Array;
    tf.dispose(outputs);
    return result;
  };
}
