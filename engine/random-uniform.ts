import { attribute, runKernel } from './kernel.js';
import { type TensorFlow, tf } from './tensorflow.js';

/**
 * Draws uniform numbers in [0, 1) that depend only on the seed (TensorFlow's StatelessRandomUniform), the same on
 * every call and machine. tfjs draws one by one in JavaScript, 30 times slower.
 * @param seed [2] int32
 */
export function randomUniform(shape: number[], seed: TensorFlow.Tensor1D): TensorFlow.Tensor {
  const [numbers] = runKernel(
    'StatelessRandomUniform',
    [attribute.float32('dtype'), attribute.int32('T'), attribute.int32('Tseed')],
    [tf.tensor1d(shape, 'int32'), seed],
    1,
  );
  return numbers!;
}
