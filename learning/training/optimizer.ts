import type { TrainingSpec } from '../../domain/config/training.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import type { Vector } from './tensors.js';

const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const RMSPROP = { decay: 0.9, epsilon: 1e-3 };

/** An optimizer over one flat vector of weights. Its slots are vectors of the same length. */
export interface Optimizer {
  readonly slotNames: readonly string[];
  /** Returns the step size for `update` from the schedule's learning rate; `step` is 0-based. */
  stepSize(learningRate: number, step: number): number;
  /**
   * Returns the change of the weights for a gradient, and the next values of the slots. The step size is one for all
   * weights or one for each weight. Pure: makes tensors, keeps none.
   */
  update(
    gradient: Vector,
    slots: readonly Vector[],
    stepSize: TensorFlow.Scalar | Vector,
  ): { readonly change: Vector; readonly slots: readonly Vector[] };
}

/** SGD with momentum, Nesterov's by default (Sutskever et al. 2013; formulas of tf.keras.optimizers.SGD). */
function momentum(decay: number, nesterov: boolean): Optimizer {
  return {
    slotNames: ['momentum'],
    stepSize: (learningRate) => learningRate,
    update(gradient, [velocity], stepSize) {
      const next = tf.add(tf.mul(velocity!, decay), gradient) as Vector;
      const direction = nesterov ? tf.add(gradient, tf.mul(next, decay)) : next;
      return { change: tf.neg(tf.mul(direction, stepSize)) as Vector, slots: [next] };
    },
  };
}

/** Adam (Kingma and Ba 2015, algorithm 1). */
function adam(): Optimizer {
  const { beta1, beta2, epsilon } = ADAM;
  return {
    slotNames: ['first-moment', 'second-moment'],
    // Both bias corrections in one factor, see the end of the paper's section 2.
    stepSize: (learningRate, step) =>
      (learningRate * Math.sqrt(1 - beta2 ** (step + 1))) / (1 - beta1 ** (step + 1)),
    update(gradient, [first, second], stepSize) {
      const nextFirst = tf.add(tf.mul(first!, beta1), tf.mul(gradient, 1 - beta1)) as Vector;
      const nextSecond = tf.add(tf.mul(second!, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as Vector;
      const change = tf.neg(
        tf.mul(tf.div(nextFirst, tf.add(tf.sqrt(nextSecond), epsilon)), stepSize),
      ) as Vector;
      return { change, slots: [nextFirst, nextSecond] };
    },
  };
}

/** RMSProp with momentum and epsilon inside the root, as in the EfficientNet code; but mean squares start at 0, not 1. */
function rmsprop(decay: number): Optimizer {
  return {
    slotNames: ['mean-square', 'momentum'],
    stepSize: (learningRate) => learningRate,
    update(gradient, [meanSquare, velocity], stepSize) {
      const nextMeanSquare = tf.add(
        tf.mul(meanSquare!, RMSPROP.decay),
        tf.mul(tf.square(gradient), 1 - RMSPROP.decay),
      ) as Vector;
      const scaled = tf.mul(tf.div(gradient, tf.sqrt(tf.add(nextMeanSquare, RMSPROP.epsilon))), stepSize);
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
