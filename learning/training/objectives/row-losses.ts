import { softmaxCrossEntropy } from '../../../engine/softmax-cross-entropy.js';
import { tf } from '../../../engine/tensorflow.js';
import type { Matrix, Vector } from '../tensors.js';

/** Guards divisions and logarithms; far below any target probability that matters. */
export const EPSILON = 1e-12;

/**
 * Returns the cross-entropy of each row with targets that need not sum to 1. A row of zeros has no label, hence no loss
 * and no gradient. A row that MixUp made of a labelled and an unlabelled image counts by the labelled one's share.
 * @param logits [rows, classes]
 * @param targets [rows, classes], each row summing to 0..1
 */
export function labelLosses(logits: Matrix, targets: Matrix): Vector {
  const shares = tf.sum(targets, 1, true);
  const distributions = tf.div(targets, tf.maximum(shares, EPSILON)) as Matrix;
  return tf.mul(softmaxCrossEntropy(logits, distributions), tf.reshape(shares, [-1]));
}

/** Returns the cross-entropy of each row between probabilities (of that temperature) and softmax(logits / temperature). */
export function responseLosses(logits: Matrix, responses: Matrix, temperature: number): Vector {
  return softmaxCrossEntropy(tf.div(logits, temperature) as Matrix, responses);
}

/** Returns the entropy of each row of probabilities, in nats: cross-entropy minus Kullback-Leibler divergence. */
export function entropies(probabilities: Matrix): Vector {
  return tf.neg(tf.sum(tf.mul(probabilities, tf.log(tf.maximum(probabilities, EPSILON))), 1));
}
