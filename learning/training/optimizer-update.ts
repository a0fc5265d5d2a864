import type { TrainingSpec } from '../../domain/config/training.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { headOf } from '../models/head.js';
import { variablesOf } from '../models/variables.js';
import { flatten } from './flat-weights.js';
import { type LayerRates, layerRatesOf } from './layer-rates.js';
import type { NamedVectors } from './named-vectors.js';
import { type Optimizer, optimizerOf } from './optimizer.js';
import { learningRate } from './schedule.js';
import type { Vector } from './tensors.js';
import { perWeight, segmentsOf, unfrozenMask, type WeightSegment } from './weight-segments.js';

/** Returns 1 for weights with weight decay: kernels, which have at least two axes. Biases and batch norm have none. */
function decayMask(variables: readonly TensorFlow.Variable[]): Vector {
  return tf.tidy(() =>
    flatten(variables.map((variable) => tf.fill(variable.shape, variable.rank > 1 ? 1 : 0))),
  );
}

/** Returns 0 for the weights of the first `frozenOutputs` outputs of the last layer, 1 for all others. */
function updatableMask(
  network: TensorFlow.LayersModel,
  variables: readonly TensorFlow.Variable[],
  frozenOutputs: number,
): Vector {
  const head = new Set(variablesOf(headOf(network).layer.trainableWeights));
  return tf.tidy(() =>
    flatten(
      variables.map((variable) => {
        const all = tf.ones(variable.shape);
        if (!head.has(variable)) return all;
        const outputs = tf.range(0, variable.shape.at(-1)!);
        return tf.mul(all, tf.cast(tf.greaterEqual(outputs, frozenOutputs), 'float32'));
      }),
    ),
  );
}

/** Scales the gradient down where its global norm is larger (Pascanu et al. 2013). */
function clipByGlobalNorm(gradient: Vector, largest: number): Vector {
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return tf.mul(gradient, tf.minimum(1, tf.div(largest, tf.add(norm, 1e-12))));
}

/** Updates weights by their gradient: optimizer, weight decay, clipping, and a learning rate for each layer group. */
export class OptimizerUpdate {
  readonly rates: LayerRates;
  private readonly optimizer: Optimizer;
  /** The trainable weights by layer group. */
  private readonly segments: readonly WeightSegment[];

  /**
   * @param frozenOutputs number of outputs, from the first, whose weights are not trained
   * @throws ConfigurationError as {@link layerRatesOf}
   * @throws ModelError as {@link headOf}, with frozen outputs
   */
  constructor(
    private readonly network: TensorFlow.LayersModel,
    private readonly variables: readonly TensorFlow.Variable[],
    private readonly training: TrainingSpec,
    private readonly frozenOutputs = 0,
  ) {
    this.optimizer = optimizerOf(training.optimizer);
    this.rates = layerRatesOf(network, training);
    this.segments = segmentsOf(variables, this.rates.groupOf);
  }

  /** Registers the masks of weight decay and frozen outputs, the weights, and the optimizer's slots. */
  register(vectors: NamedVectors): void {
    const decayed = decayMask(this.variables);
    if (this.frozenOutputs > 0) {
      const updatable = updatableMask(this.network, this.variables, this.frozenOutputs);
      vectors.register('decayed', tf.mul(decayed, updatable));
      vectors.register('movable', updatable);
      decayed.dispose();
    } else vectors.register('decayed', decayed);
    vectors.register('weights', flatten(this.variables));
    const length = this.variables.reduce((sum, { size }) => sum + size, 0);
    for (const slot of this.optimizer.slotNames) vectors.register(slot, tf.zeros([length]));
  }

  /** Returns the step size of each layer group. Bias correction counts the steps since the group was unfrozen. */
  stepSizes(step: number): Float32Array {
    const rate = learningRate(step, this.training);
    return Float32Array.from(this.rates.groups, ({ factor, from }) =>
      from > step ? 0 : factor * this.optimizer.stepSize(rate, step - from),
    );
  }

  /**
   * Updates the weights and the optimizer's slots. Runs inside a compiled function.
   * @param gradient of the scaled loss
   * @param stepSizes see {@link stepSizes}
   * @param frozen how many of the lowest layer groups are frozen
   */
  apply(vectors: NamedVectors, gradient: Vector, stepSizes: Vector, frozen: number): void {
    const { weightDecay, gradientClip, lossScale } = this.training;
    const weights = vectors.get('weights');
    let update = lossScale === 1 ? gradient : (tf.div(gradient, lossScale) as Vector);
    if (this.frozenOutputs > 0) update = tf.mul(update, vectors.get('movable'));
    if (gradientClip !== undefined) update = clipByGlobalNorm(update, gradientClip);
    update = tf.add(update, tf.mul(tf.mul(weights, vectors.get('decayed')), weightDecay)) as Vector;
    // The mask covers weight decay too: slots of frozen groups stay at 0.
    if (frozen > 0) update = tf.mul(update, unfrozenMask(frozen, this.segments));
    const { slotNames } = this.optimizer;
    const slots = slotNames.map((name) => vectors.get(name));
    const updated = this.optimizer.update(update, slots, perWeight(stepSizes, this.segments));
    updated.slots.forEach((slot, index) => {
      vectors.get(slotNames[index]!).assign(slot);
    });
    weights.assign(tf.add(weights, updated.change) as Vector);
  }
}
