import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';
import type { Vector } from '../../tensors.js';

/** Updates an exponential moving average: momentum * average + (1 - momentum) * value. */
export function updatedAverage(
  average: TensorFlow.Tensor,
  value: TensorFlow.Tensor,
  momentum: number,
): Vector {
  return tf.add(tf.mul(average, momentum), tf.mul(value, 1 - momentum)) as Vector;
}

/** Returns the probability 1 / classes for each class. */
export function uniformProbabilities(classes: number): Float32Array {
  return new Float32Array(classes).fill(1 / classes);
}
