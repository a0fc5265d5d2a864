import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';
import { withoutGradient } from '../../../../engine/without-gradient.js';
import type { Matrix, Vector } from '../../tensors.js';
import { oneHotArgmax } from '../one-hot-argmax.js';
import { EPSILON } from '../row-losses.js';

function normalised(values: TensorFlow.Tensor): Vector {
  return tf.div(values, tf.maximum(tf.sum(values), EPSILON)) as Vector;
}

/** Returns 1 / share, and 0 for a class with share 0. */
function inverse(shares: Vector): Vector {
  return tf.where(
    tf.greater(shares, 0),
    tf.div(1, tf.maximum(shares, EPSILON)),
    tf.zerosLike(shares),
  ) as Vector;
}

/** Running averages of the network's predictions for unlabelled images. */
export interface PredictionAverages {
  /** [classes] mean probabilities */
  readonly shares: Vector;
  /** [classes] shares of the most probable classes */
  readonly histogram: Vector;
}

/**
 * Self-adaptive fairness loss (FreeMatch, Wang et al. 2023, equations 9 to 11):
 *
 *     sum of SumNorm(average shares / average histogram) log SumNorm(mean prediction / histogram of predictions)
 *
 * over the weighted strong views. It pulls the distribution of their predictions towards the running averages.
 * @param logits [rows, classes]
 * @param weights [rows] weight of each row
 */
export function fairnessLoss(
  logits: Matrix,
  weights: Vector,
  averages: PredictionAverages,
): TensorFlow.Scalar {
  const probabilities = tf.softmax(logits) as Matrix;
  const { rowShares, expected, rarity } = withoutGradient(() => {
    const shares = tf.expandDims(tf.div(weights, tf.maximum(tf.sum(weights), EPSILON)), 1);
    const chosen = oneHotArgmax(probabilities);
    return {
      rowShares: shares,
      expected: normalised(tf.mul(averages.shares, inverse(averages.histogram))),
      rarity: inverse(tf.sum(tf.mul(chosen, shares), 0) as Vector),
    };
  });
  const predicted = normalised(tf.mul(tf.sum(tf.mul(probabilities, rowShares), 0), rarity));
  return tf.sum(tf.mul(expected, tf.log(tf.add(predicted, EPSILON))));
}
