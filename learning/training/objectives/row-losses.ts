import { softmaxCrossEntropy } from '../../../engine/softmax-cross-entropy.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';

type Rows = TensorFlow.Tensor1D;
type Matrix = TensorFlow.Tensor2D;

/** Far below any share of a target that means something. */
export const EPSILON = 1e-12;

/**
 * Cross-entropy of each row with targets that need not sum to 1: a row of zeros has no label, and neither loss nor
 * gradient. Rows that mixup made of one with a label and one without count by their share.
 * @param scores [rows, classes] logits
 * @param targets [rows, classes], each row summing to 0..1
 */
export function labelLosses(scores: Matrix, targets: Matrix): Rows {
  const shares = tf.sum(targets, 1, true);
  const distributions = tf.div(targets, tf.maximum(shares, EPSILON)) as Matrix;
  return tf.mul(softmaxCrossEntropy(scores, distributions), tf.reshape(shares, [-1]));
}

/** Cross-entropy of each row between given probabilities at a temperature and softmax(scores / temperature). */
export function responseLosses(scores: Matrix, responses: Matrix, temperature: number): Rows {
  return softmaxCrossEntropy(tf.div(scores, temperature) as Matrix, responses);
}

/** Entropy of each row of probabilities, in nats: what cross-entropy has over the Kullback-Leibler divergence. */
export function entropies(probabilities: Matrix): Rows {
  return tf.neg(tf.sum(tf.mul(probabilities, tf.log(tf.maximum(probabilities, EPSILON))), 1));
}
