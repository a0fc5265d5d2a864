import { type TensorFlow, tf } from '../../../engine/tensorflow.js';

type Matrix = TensorFlow.Tensor2D;

/** How alike each row is to each other, rows scaled to length 1: [rows, rows]. */
function similarities(features: Matrix): Matrix {
  const products = tf.matMul(features, features, false, true) as Matrix;
  // Rows of zeros have a length too, whose gradient is finite.
  const lengths = tf.sqrt(tf.add(tf.sum(tf.square(products), 1, true), 1e-12));
  return tf.div(products, lengths) as Matrix;
}

/**
 * How differently two networks see a step's images: mean square of the differences between their similarities (Tung and
 * Mori 2019, "Similarity-Preserving Knowledge Distillation", equation 4). Features of any widths compare, without a map
 * of one to the other that would have to be trained.
 * @param student [rows, width]
 * @param teacher [rows, any width]; it gets no gradient of use
 */
export function featureDistance(student: Matrix, teacher: Matrix): TensorFlow.Scalar {
  return tf.mean(tf.square(tf.sub(similarities(teacher), similarities(student)))) as TensorFlow.Scalar;
}
