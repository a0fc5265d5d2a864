import type { TrainingSpec } from '../../domain/config/training.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { headOf } from '../models/head.js';
import { variablesOf } from '../models/variables.js';
import { flatten } from './flat-weights.js';
import { type LayerRates, layerRatesOf } from './layer-rates.js';
import type { NamedVectors } from './named-vectors.js';
import { type Optimizer, optimizerOf } from './optimizer.js';
import { learningRate } from './schedule.js';
import { perWeight, segmentsOf, unfrozenMask, type WeightSegment } from './weight-segments.js';

type Vector = TensorFlow.Tensor1D;

/** 1 where weight decay applies: kernels, which have at least two axes; not biases, not batch norm. */
function decayMask(variables: readonly TensorFlow.Variable[]): Vector {
  return tf.tidy(() =>
    flatten(variables.map((variable) => tf.fill(variable.shape, variable.rank > 1 ? 1 : 0))),
  );
}

/** 0 where a weight makes one of the first `held` outputs of the last layer, else 1. */
function updatableMask(
  network: TensorFlow.LayersModel,
  variables: readonly TensorFlow.Variable[],
  held: number,
): Vector {
  const head = new Set(variablesOf(headOf(network).layer.trainableWeights));
  return tf.tidy(() =>
    flatten(
      variables.map((variable) => {
        const all = tf.ones(variable.shape);
        if (!head.has(variable)) return all;
        const outputs = tf.range(0, variable.shape.at(-1)!);
        return tf.mul(all, tf.cast(tf.greaterEqual(outputs, held), 'float32'));
      }),
    ),
  );
}

/** Scaled down where its global norm is larger (Pascanu et al. 2013). */
function clipByGlobalNorm(gradient: Vector, largest: number): Vector {
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return tf.mul(gradient, tf.minimum(1, tf.div(largest, tf.add(norm, 1e-12))));
}

/** How weights follow their gradient: the optimizer, weight decay, and a rate for each group of layers. */
export class OptimizerUpdate {
  readonly rates: LayerRates;
  private readonly optimizer: Optimizer;
  /** The trainable weights by the group of their layer. */
  private readonly segments: readonly WeightSegment[];

  /**
   * @param heldOutputs so many of the first outputs stand still
   * @throws ConfigurationError as {@link layerRatesOf}
   * @throws ModelError as {@link headOf}, where outputs are held
   */
  constructor(
    private readonly network: TensorFlow.LayersModel,
    private readonly variables: readonly TensorFlow.Variable[],
    private readonly training: TrainingSpec,
    private readonly heldOutputs = 0,
  ) {
    this.optimizer = optimizerOf(training.optimizer);
    this.rates = layerRatesOf(network, training);
    this.segments = segmentsOf(variables, this.rates.groupOf);
  }

  /** Where weight decay applies and what may move, the weights themselves, and the optimizer's slots. */
  register(vectors: NamedVectors): void {
    const decayed = decayMask(this.variables);
    if (this.heldOutputs > 0) {
      const movable = updatableMask(this.network, this.variables, this.heldOutputs);
      vectors.register('decayed', tf.mul(decayed, movable));
      vectors.register('movable', movable);
      decayed.dispose();
    } else vectors.register('decayed', decayed);
    vectors.register('weights', flatten(this.variables));
    const length = this.variables.reduce((sum, { size }) => sum + size, 0);
    for (const slot of this.optimizer.slotNames) vectors.register(slot, tf.zeros([length]));
  }

  /** Of each group of layers. An optimizer's own corrections count the steps since a group has thawed. */
  stepSizes(step: number): Float32Array {
    const rate = learningRate(step, this.training);
    return Float32Array.from(this.rates.groups, ({ factor, from }) =>
      from > step ? 0 : factor * this.optimizer.stepSize(rate, step - from),
    );
  }

  /**
   * Moves the weights. Compiled.
   * @param gradient of the scaled loss
   * @param stepSizes as {@link stepSizes} has them
   * @param frozen so many groups of layers stand still
   */
  apply(vectors: NamedVectors, gradient: Vector, stepSizes: Vector, frozen: number): void {
    const { weightDecay, gradientClip, lossScale } = this.training;
    const weights = vectors.get('weights');
    let descent = lossScale === 1 ? gradient : (tf.div(gradient, lossScale) as Vector);
    if (this.heldOutputs > 0) descent = tf.mul(descent, vectors.get('movable'));
    if (gradientClip !== undefined) descent = clipByGlobalNorm(descent, gradientClip);
    descent = tf.add(descent, tf.mul(tf.mul(weights, vectors.get('decayed')), weightDecay)) as Vector;
    // No weight decay either: slots of what stands still stay at 0.
    if (frozen > 0) descent = tf.mul(descent, unfrozenMask(frozen, this.segments));
    const { slotNames } = this.optimizer;
    const slots = slotNames.map((name) => vectors.get(name));
    const moved = this.optimizer.update(descent, slots, perWeight(stepSizes, this.segments));
    moved.slots.forEach((slot, index) => {
      vectors.get(slotNames[index]!).assign(slot);
    });
    weights.assign(tf.add(weights, moved.change) as Vector);
  }
}
