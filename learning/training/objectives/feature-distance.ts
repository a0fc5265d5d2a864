import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import type { Matrix } from '../tensors.js';

/** Returns the similarity of each row to each other [rows, rows], its rows scaled to length 1. */
function similarities(features: Matrix): Matrix {
  const products = tf.matMul(features, features, false, true) as Matrix;
  // The small addend keeps the gradient of rows of zeros finite.
  const lengths = tf.sqrt(tf.add(tf.sum(tf.square(products), 1, true), 1e-12));
  return tf.div(products, lengths) as Matrix;
}

/**
 * Returns the mean squared difference between two networks' similarities of a step's images (Tung and Mori 2019,
 * "Similarity-Preserving Knowledge Distillation", equation 4). The widths may differ, without a trained projection.
 * @param student [rows, width]
 * @param teacher [rows, any width]
 */
export function featureDistance(student: Matrix, teacher: Matrix): TensorFlow.Scalar {
  return tf.mean(tf.square(tf.sub(similarities(teacher), similarities(student)))) as TensorFlow.Scalar;
}
