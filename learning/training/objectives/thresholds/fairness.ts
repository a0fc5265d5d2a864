import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';
import { withoutGradient } from '../../../../engine/without-gradient.js';
import { oneHotArgmax } from '../one-hot-argmax.js';
import { EPSILON } from '../row-losses.js';
import type { Matrix, Vector } from './threshold-rule.js';

function normalised(values: TensorFlow.Tensor): Vector {
  return tf.div(values, tf.maximum(tf.sum(values), EPSILON)) as Vector;
}

/** 1 / share, and 0 for a class that isn't there. */
function inverse(shares: Vector): Vector {
  return tf.where(
    tf.greater(shares, 0),
    tf.div(1, tf.maximum(shares, EPSILON)),
    tf.zerosLike(shares),
  ) as Vector;
}

/** What all unlabelled images are, as far as the network has said: averages. */
export interface PredictionAverages {
  /** [classes] mean probabilities */
  readonly shares: Vector;
  /** [classes] shares of the most probable classes */
  readonly histogram: Vector;
}

/**
 * Self-adaptive fairness (FreeMatch, Wang et al. 2023, equations 9 to 11), to be made smaller:
 *
 *     sum of SumNorm(usual shares / usual histogram) log SumNorm(mean answer / histogram of answers)
 *
 * over the strong views that count: classes are to be answered as often as they usually are.
 * @param answers [rows, classes] logits
 * @param weights [rows] how much each row counts
 */
export function fairnessLoss(answers: Matrix, weights: Vector, usual: PredictionAverages): TensorFlow.Scalar {
  const probabilities = tf.softmax(answers) as Matrix;
  const { counting, expected, rarity } = withoutGradient(() => {
    const shares = tf.expandDims(tf.div(weights, tf.maximum(tf.sum(weights), EPSILON)), 1);
    const chosen = oneHotArgmax(probabilities);
    return {
      counting: shares,
      expected: normalised(tf.mul(usual.shares, inverse(usual.histogram))),
      rarity: inverse(tf.sum(tf.mul(chosen, shares), 0) as Vector),
    };
  });
  const answered = normalised(tf.mul(tf.sum(tf.mul(probabilities, counting), 0), rarity));
  return tf.sum(tf.mul(expected, tf.log(tf.add(answered, EPSILON))));
}
