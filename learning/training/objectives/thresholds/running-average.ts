import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';

/** An exponential moving average, one step on: momentum * average + (1 - momentum) * value. */
export function updatedAverage(
  average: TensorFlow.Tensor,
  value: TensorFlow.Tensor,
  momentum: number,
): TensorFlow.Tensor1D {
  return tf.add(tf.mul(average, momentum), tf.mul(value, 1 - momentum)) as TensorFlow.Tensor1D;
}

/** What a network that knows nothing says of each class. */
export function uniformProbabilities(classes: number): Float32Array {
  return new Float32Array(classes).fill(1 / classes);
}
