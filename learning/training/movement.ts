import type { TrainingSpec } from '../../domain/config/training.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { headOf } from '../models/head.js';
import { variablesOf } from '../models/variables.js';
import { flatten } from './flat-weights.js';
import { type LayerRates, layerRatesOf } from './layer-rates.js';
import type { NamedVectors } from './named-vectors.js';
import { type Optimizer, optimizerOf } from './optimizer.js';
import { learningRate } from './schedule.js';
import { type Run, runsOf, spread, thawed } from './spread.js';

type Vector = TensorFlow.Tensor1D;

/** 1 where weight decay applies: kernels, which have at least two axes; not biases, not batch norm. */
function decayMask(variables: readonly TensorFlow.Variable[]): Vector {
  return tf.tidy(() =>
    flatten(variables.map((variable) => tf.fill(variable.shape, variable.rank > 1 ? 1 : 0))),
  );
}

/** 0 where a weight makes one of the first `held` outputs of the last layer, else 1. */
function movableMask(
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
export class Movement {
  readonly rates: LayerRates;
  private readonly optimizer: Optimizer;
  /** The trainable weights by the group of their layer. */
  private readonly runs: readonly Run[];

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
    this.runs = runsOf(variables, this.rates.groupOf);
  }

  /** Where weight decay applies and what may move, the weights themselves, and the optimizer's slots. */
  hold(vectors: NamedVectors): void {
    const decayed = decayMask(this.variables);
    if (this.heldOutputs > 0) {
      const movable = movableMask(this.network, this.variables, this.heldOutputs);
      vectors.hold('decayed', tf.mul(decayed, movable));
      vectors.hold('movable', movable);
      decayed.dispose();
    } else vectors.hold('decayed', decayed);
    vectors.hold('weights', flatten(this.variables));
    const length = this.variables.reduce((sum, { size }) => sum + size, 0);
    for (const slot of this.optimizer.slotNames) vectors.hold(slot, tf.zeros([length]));
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
  move(vectors: NamedVectors, gradient: Vector, stepSizes: Vector, frozen: number): void {
    const { weightDecay, gradientClip, lossScale } = this.training;
    const weights = vectors.get('weights');
    let descent = lossScale === 1 ? gradient : (tf.div(gradient, lossScale) as Vector);
    if (this.heldOutputs > 0) descent = tf.mul(descent, vectors.get('movable'));
    if (gradientClip !== undefined) descent = clipByGlobalNorm(descent, gradientClip);
    descent = tf.add(descent, tf.mul(tf.mul(weights, vectors.get('decayed')), weightDecay)) as Vector;
    // No weight decay either: slots of what stands still stay at 0.
    if (frozen > 0) descent = tf.mul(descent, thawed(frozen, this.runs));
    const { slotNames } = this.optimizer;
    const slots = slotNames.map((name) => vectors.get(name));
    const moved = this.optimizer.update(descent, slots, spread(stepSizes, this.runs));
    moved.slots.forEach((slot, index) => {
      vectors.get(slotNames[index]!).assign(slot);
    });
    weights.assign(tf.add(weights, moved.change) as Vector);
  }
}
