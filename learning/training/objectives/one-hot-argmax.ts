import { tf } from '../../../engine/tensorflow.js';
import type { Matrix } from '../tensors.js';

/** Returns one-hot rows [rows, classes] of the most probable class of each row. */
export function oneHotArgmax(probabilities: Matrix): Matrix {
  const classes = probabilities.shape[1];
  return tf.cast(tf.oneHot(tf.argMax(probabilities, 1), classes), 'float32') as Matrix;
}
