import type { TrainingSpec } from '../../domain/config/training.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';

type Vector = TensorFlow.Tensor1D;

const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const RMSPROP = { decay: 0.9, epsilon: 1e-3 };

/** An optimizer over one flat vector of weights. Its slots are vectors of the same length. */
export interface Optimizer {
  readonly slotNames: readonly string[];
  /**
   * The change of the weights for a gradient, and the slots' next values. Pure: makes tensors, keeps none.
   * @param step 0-based
   */
  update(gradient: Vector, slots: readonly Vector[], rate: number, step: number): { change: Vector; slots: Vector[] };
}

/** Stochastic gradient descent with momentum, Nesterov's by default (Sutskever et al. 2013, as tf.keras.SGD has it). */
function momentum(decay: number, nesterov: boolean): Optimizer {
  return {
    slotNames: ['momentum'],
    update(gradient, [velocity], rate) {
      const next = tf.add(tf.mul(velocity!, decay), gradient) as Vector;
      const direction = nesterov ? tf.add(gradient, tf.mul(next, decay)) : next;
      return { change: tf.mul(direction, -rate) as Vector, slots: [next] };
    },
  };
}

/** Adam (Kingma and Ba 2015, algorithm 1). */
function adam(): Optimizer {
  const { beta1, beta2, epsilon } = ADAM;
  return {
    slotNames: ['first-moment', 'second-moment'],
    update(gradient, [first, second], rate, step) {
      const nextFirst = tf.add(tf.mul(first!, beta1), tf.mul(gradient, 1 - beta1)) as Vector;
      const nextSecond = tf.add(tf.mul(second!, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as Vector;
      const correctedRate = (rate * Math.sqrt(1 - beta2 ** (step + 1))) / (1 - beta1 ** (step + 1));
      const change = tf.mul(tf.div(nextFirst, tf.add(tf.sqrt(nextSecond), epsilon)), -correctedRate) as Vector;
      return { change, slots: [nextFirst, nextSecond] };
    },
  };
}

/** RMSProp with momentum, epsilon inside the root (as the EfficientNet code trains). */
function rmsprop(decay: number): Optimizer {
  return {
    slotNames: ['mean-square', 'momentum'],
    update(gradient, [meanSquare, velocity], rate) {
      const nextMeanSquare = tf.add(
        tf.mul(meanSquare!, RMSPROP.decay),
        tf.mul(tf.square(gradient), 1 - RMSPROP.decay),
      ) as Vector;
      const scaled = tf.mul(tf.div(gradient, tf.sqrt(tf.add(nextMeanSquare, RMSPROP.epsilon))), rate);
      const next = tf.add(tf.mul(velocity!, decay), scaled) as Vector;
      return { change: tf.neg(next) as Vector, slots: [nextMeanSquare, next] };
    },
  };
}

export function optimizerOf(spec: TrainingSpec['optimizer']): Optimizer {
  switch (spec.kind) {
    case 'momentum':
      return momentum(spec.momentum, spec.nesterov);
    case 'adam':
      return adam();
    case 'rmsprop':
      return rmsprop(spec.momentum);
  }
}
