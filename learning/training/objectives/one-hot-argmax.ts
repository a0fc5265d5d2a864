import { type TensorFlow, tf } from '../../../engine/tensorflow.js';

/** The most probable class of each row as 1, all others as 0. */
export function oneHotArgmax(probabilities: TensorFlow.Tensor2D): TensorFlow.Tensor2D {
  const classes = probabilities.shape[1];
  return tf.cast(tf.oneHot(tf.argMax(probabilities, 1), classes), 'float32') as TensorFlow.Tensor2D;
}
