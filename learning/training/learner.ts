import type { TrainingSpec } from '../../domain/config/training.js';
import { ModelError } from '../../domain/errors.js';
import { keyedRandom } from '../../domain/random.js';
import type { ImageShape } from '../../domain/records.js';
import type { StoredTensor } from '../../domain/training-state.js';
import type { ProgramFunction } from '../../engine/compile/compiled-function.js';
import { NotTraceableError } from '../../engine/compile/not-traceable.js';
import { onDevice } from '../../engine/compile/on-device.js';
import { Program } from '../../engine/compile/program.js';
import type { Input } from '../../engine/compile/typed-input.js';
import type { SessionOptions } from '../../engine/session/session-config.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { type Classifier, classifierOf } from '../models/classifier.js';
import { withFrozenNorms } from '../models/layers/fused-batch-normalization.js';
import { drawsNoise, withStepNoise } from '../models/layers/keyed-dropout.js';
import { withoutSoftmax } from '../models/logits.js';
import { withFeatures } from '../models/features.js';
import { variablesOf } from '../models/variables.js';
import { type Batch, type RowGroups, rowsOf } from './batches/batch.js';
import { FlatWeights, flatten } from './flat-weights.js';
import { type LayerRates, layerRatesOf } from './layer-rates.js';
import type { Objective } from './objectives/objective.js';
import { objectiveOf } from './objectives/objective-of.js';
import { type Optimizer, optimizerOf } from './optimizer.js';
import { learningRate } from './schedule.js';
import { type Run, runsOf, spread, thawed } from './spread.js';

type Vector = TensorFlow.Tensor1D;
type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

export interface LearnerOptions extends SessionOptions {
  /** By default {@link objectiveOf} the training. */
  readonly objective?: Objective;
}

interface Descent {
  readonly loss: TensorFlow.Tensor;
  readonly gradient: Vector;
  /** What the objective remembers of the step. */
  readonly remembered: Tensors;
  /** What it measures beside the loss. */
  readonly measures: Tensors;
}

function mapped<T, U>(
  values: Readonly<Record<string, T>>,
  change: (value: T, name: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}

/** The averages start short, so that the first steps' weights are soon forgotten (TensorFlow's num_updates rule). */
function averageDecay(step: number, highest: number): number {
  return Math.min(highest, (1 + step) / (10 + step));
}

/** 1 where weight decay applies: kernels, which have at least two axes; not biases, not batch norm. */
function decayMask(variables: readonly TensorFlow.Variable[]): Vector {
  return tf.tidy(() =>
    flatten(variables.map((variable) => tf.fill(variable.shape, variable.rank > 1 ? 1 : 0))),
  );
}

/** Scaled down where its global norm is larger (Pascanu et al. 2013). */
function clipByGlobalNorm(gradient: Vector, largest: number): Vector {
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return tf.mul(gradient, tf.minimum(1, tf.div(largest, tf.add(norm, 1e-12))));
}

/**
 * A network in training: weights, their exponential moving average, optimizer slots, and the step that
 * moves them. Knows nothing of data, files or time.
 */
export class Learner {
  readonly logits: TensorFlow.LayersModel;
  /** The logits, and the features before them where the objective looks at those. */
  private readonly seen: TensorFlow.LayersModel;
  private readonly trainable: FlatWeights;
  /** Running statistics of batch norm: moved by the forward pass, averaged with the weights. */
  private readonly statistics: FlatWeights;
  private readonly optimizer: Optimizer;
  private readonly rates: LayerRates;
  /** The trainable weights by the group of their layer. */
  private readonly runs: readonly Run[];
  private readonly objective: Objective;
  private readonly vectors = new Map<string, TensorFlow.Variable<TensorFlow.Rank.R1>>();
  private readonly noisyLayers: readonly string[];
  private readonly program: Program;
  /** By the kinds of rows that they train on, and the layers that stand still. */
  private readonly steps = new Map<string, ProgramFunction>();
  private readonly moves: Record<'useAverage' | 'useTrained' | 'markBest' | 'useBest', ProgramFunction>;
  private readonly classify: Classifier;

  constructor(
    readonly model: TensorFlow.LayersModel,
    private readonly image: ImageShape,
    private readonly training: TrainingSpec,
    private readonly key: { readonly seed: number; readonly generation: number },
    { objective = objectiveOf(training), ...options }: LearnerOptions = {},
  ) {
    this.logits = withoutSoftmax(model);
    this.trainable = new FlatWeights(variablesOf(model.trainableWeights));
    this.statistics = new FlatWeights(variablesOf(model.nonTrainableWeights));
    this.optimizer = optimizerOf(training.optimizer);
    this.rates = layerRatesOf(model, training);
    this.runs = runsOf(this.trainable.variables, this.rates.groupOf);
    this.objective = objective;
    this.seen = objective.looksAtFeatures ? withFeatures(model) : this.logits;
    this.noisyLayers = model.layers.filter(drawsNoise).map((layer) => layer.name);
    this.hold('decayed', decayMask(this.trainable.variables));
    this.hold('weights', this.trainable.read());
    this.hold('average', this.everything());
    this.hold('best', this.everything());
    for (const slot of this.optimizer.slotNames) this.hold(slot, tf.zeros([this.trainable.length]));
    for (const [name, values] of Object.entries(this.objective.memory)) this.hold(name, tf.tensor1d(values));
    this.hold('trained-statistics', this.statistics.read());
    const { eager, precision, replicas } = training;
    this.program = new Program(
      [
        ...this.trainable.variables,
        ...this.statistics.variables,
        ...this.vectors.values(),
        ...(objective.variables ?? []),
      ],
      {
        eager,
        precision,
        ...(replicas > 1 && { cpuDevices: replicas }),
        ...options,
      },
    );
    const compiled = (move: () => void) =>
      this.program.compile(() => {
        move();
        return {};
      });
    this.moves = {
      useAverage: compiled(() => {
        this.vector('trained-statistics').assign(this.statistics.read());
        this.place(this.vector('average'));
      }),
      useTrained: compiled(() => {
        this.trainable.write(this.vector('weights'));
        this.statistics.write(this.vector('trained-statistics'));
      }),
      // The clone's handle goes, its values stay; else each would be kept to the end of the training.
      markBest: compiled(() => this.vector('best').assign(this.vector('average').clone())),
      useBest: compiled(() => this.place(this.vector('best'))),
    };
    this.classify = classifierOf(this.program, this.logits, image);
  }

  /** What the objective measured in the last step, by name. */
  measured: Readonly<Record<string, number>> = {};

  get parameters(): number {
    return this.trainable.length + this.statistics.length;
  }

  /**
   * One step of training.
   * @returns the loss, without weight decay
   */
  async step(step: number, batch: Batch): Promise<number> {
    const run = this.stepOf(batch.groups, this.rates.frozenAt(step));
    const outputs = await this.tried(run.runAsync(this.stepInputs(step, batch)));
    const { loss, ...measured } = mapped(outputs, (tensor) => tensor.dataSync()[0]!);
    tf.dispose(outputs);
    this.measured = measured;
    return loss!;
  }

  /** What the network in its present state says of clean images: [size * classes] probabilities. */
  async probabilities(pixels: Uint8Array, size: number): Promise<Float32Array> {
    return this.tried(this.classify(pixels, size));
  }

  /** Runs with the averaged weights in the network, then puts the trained ones back. */
  async withAverage<T>(use: () => Promise<T>): Promise<T> {
    this.moves.useAverage.run({});
    try {
      return await use();
    } finally {
      this.moves.useTrained.run({});
    }
  }

  /** Remembers the averaged weights as the best so far. */
  markBest(): void {
    this.moves.markBest.run({});
  }

  /** Puts the best averaged weights into the network, for good. */
  restoreBest(): void {
    this.moves.useBest.run({});
    this.program.pull();
  }

  /** Everything that the next step depends on. */
  async save(): Promise<StoredTensor[]> {
    this.program.pull();
    const statistics = this.statistics.read();
    const lasting = [...this.vectors].filter(([name]) => name !== 'trained-statistics');
    const named = [...lasting, ['statistics', statistics] as const];
    const tensors = await Promise.all(
      named.map(async ([name, tensor]) => {
        const values = (await tensor.data()) as Float32Array;
        const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
        return { name, dtype: 'float32' as const, shape: tensor.shape, bytes };
      }),
    );
    statistics.dispose();
    return tensors;
  }

  /** Goes back to what {@link save} gave. */
  load(tensors: readonly StoredTensor[]): void {
    tf.tidy(() => {
      for (const { name, shape, bytes } of tensors) {
        const values = new Float32Array(bytes.slice().buffer);
        const vector = tf.tensor1d(values, 'float32');
        const expected = name === 'statistics' ? this.statistics.length : this.vector(name).size;
        if (vector.size !== expected) {
          throw new Error(
            `checkpoint tensor "${name}": received ${JSON.stringify(shape)}, expected [${expected}]`,
          );
        }
        if (name === 'statistics') this.statistics.write(vector);
        else this.vector(name).assign(vector);
      }
      this.trainable.write(this.vector('weights'));
    });
    this.program.push();
  }

  dispose(): void {
    this.program.dispose();
    for (const vector of this.vectors.values()) vector.dispose();
    this.model.dispose();
  }

  private images(pixels: Uint8Array, size: number): Input {
    const { height, width, channels } = this.image;
    return { values: pixels, shape: [size, height, width, channels] };
  }

  /** Everything that changes from step to step: images, learning rate, and the seeds of the noise. */
  private stepInputs(step: number, { pixels, targets, groups, more = {} }: Batch): Record<string, Input> {
    const rows = rowsOf(groups);
    const byRow = (values: Float32Array): Input => ({ values, shape: [rows, values.length / rows] });
    const random = keyedRandom(this.key.seed, 'noise', this.key.generation, step);
    // By place, not by name: tfjs numbers the names that a user's module leaves open through the whole process.
    const seeds = this.noisyLayers.map((layer, place) => [
      `seed-${layer}`,
      { values: Int32Array.from(random.fork(place).seedPair()), shape: [2] },
    ]);
    const scalar = (value: number): Input => ({ values: Float32Array.of(value), shape: [] });
    return {
      pixels: this.images(pixels, rows),
      targets: byRow(targets),
      ...mapped(more, byRow),
      ...mapped(this.objective.scalars(step), scalar),
      rates: { values: this.stepSizes(step), shape: [this.rates.groups.length] },
      averageDecay: scalar(averageDecay(step, this.training.emaDecay)),
      ...Object.fromEntries(seeds),
    };
  }

  /** Of each group of layers. An optimizer's own corrections count the steps since a group has thawed. */
  private stepSizes(step: number): Float32Array {
    const rate = learningRate(step, this.training);
    return Float32Array.from(this.rates.groups, ({ factor, from }) =>
      from > step ? 0 : factor * this.optimizer.stepSize(rate, step - from),
    );
  }

  private stepOf(groups: RowGroups, frozen: number): ProgramFunction {
    const key = [...Object.values(groups), frozen].join();
    const known = this.steps.get(key);
    if (known) return known;
    const made = this.program.compile((inputs) => this.move(inputs, groups, frozen));
    this.steps.set(key, made);
    return made;
  }

  private async tried<T>(run: Promise<T>): Promise<T> {
    try {
      return await run;
    } catch (error) {
      if (!(error instanceof NotTraceableError)) throw error;
      throw new ModelError(
        `model: its training step can't be made a graph: ${error.message}; or set eager: true, which is slower`,
        { cause: error },
      );
    }
  }

  /** Forward and backward of a part of the step: the part's share of the loss, and of the gradient. */
  private descend(part: Tensors, replica: number, groups: RowGroups, frozen: number): Descent {
    // Each part draws noise of its own from the step's seeds.
    const noise = (layer: string) =>
      tf.add(part[`seed-${layer}`]!, tf.tensor1d([0, replica], 'int32')) as Vector;
    const { lossScale } = this.training;
    const memory = mapped(this.objective.memory, (_, name) => this.vector(name));
    let remembered: Tensors = {};
    let measures: Tensors = {};
    const stillNorms = this.rates.frozenNorms(frozen);
    const isStill = (place: number) => this.rates.groupOf[place]! < frozen;
    const { variables } = this.trainable;
    const look = () =>
      withFrozenNorms(
        (layer) => stillNorms.has(layer),
        () => [this.seen.apply(part['pixels']!, { training: true })].flat() as TensorFlow.Tensor2D[],
      );
    const { value: loss, grads } = withStepNoise(noise, () =>
      tf.variableGrads(
        () => {
          const [scores, features] = look();
          const scored = this.objective.loss({
            scores: scores!,
            ...(features && { features }),
            ...{ inputs: part, memory, groups },
          });
          remembered = mapped(scored.memory ?? {}, (tensor) => tf.keep(tensor));
          measures = mapped(scored.measures ?? {}, (tensor) => tf.keep(tensor));
          return lossScale === 1 ? scored.loss : (tf.mul(scored.loss, lossScale) as TensorFlow.Scalar);
        },
        variables.filter((_, place) => !isStill(place)),
      ),
    );
    const gradient = flatten(
      variables.map(({ name, shape }, place) => (isStill(place) ? tf.fill(shape, 0) : grads[name]!)),
    );
    return { loss, gradient, remembered, measures };
  }

  /** Forward and backward of a step, in as many parts as there are replicas. */
  private descendInParts(inputs: Tensors, groups: RowGroups, frozen: number): Descent {
    const { replicas } = this.training;
    if (replicas === 1) return this.descend(inputs, 0, groups, frozen);
    const size = inputs['pixels']!.shape[0]!;
    if (size % replicas > 0) {
      throw new ModelError(
        `replicas: received ${replicas}, expected a divisor of the ${size} images of a step`,
      );
    }
    // Scalars and seeds, which all parts share, have fewer axes than what belongs to rows.
    const byRow = Object.entries(inputs).filter(([, { rank }]) => rank >= 2);
    const split = byRow.map(([name, tensor]) => [name, tf.split(tensor, replicas)] as const);
    const partOf = (replica: number) => Object.fromEntries(split.map(([name, all]) => [name, all[replica]!]));
    const parts = Array.from({ length: replicas }, (_, replica) =>
      onDevice(replica, () => this.descend({ ...inputs, ...partOf(replica) }, replica, groups, frozen)),
    );
    return {
      loss: tf.addN(parts.map(({ loss }) => loss)),
      gradient: tf.addN(parts.map(({ gradient }) => gradient)),
      remembered: {},
      measures: {},
    };
  }

  /** The gradient, the optimizer, weight decay, and the moving average. */
  private move(inputs: Tensors, groups: RowGroups, frozen: number): Tensors {
    const { loss, gradient, remembered, measures } = this.descendInParts(inputs, groups, frozen);
    for (const [name, tensor] of Object.entries(remembered)) {
      this.vector(name).assign(tensor as Vector);
      tensor.dispose();
    }
    const { weightDecay, gradientClip, lossScale } = this.training;
    const weights = this.vector('weights');
    let descent = lossScale === 1 ? gradient : (tf.div(gradient, lossScale) as Vector);
    if (gradientClip !== undefined) descent = clipByGlobalNorm(descent, gradientClip);
    descent = tf.add(descent, tf.mul(tf.mul(weights, this.vector('decayed')), weightDecay)) as Vector;
    // No weight decay either: slots of what stands still stay at 0.
    if (frozen > 0) descent = tf.mul(descent, thawed(frozen, this.runs));
    const slots = this.optimizer.slotNames.map((name) => this.vector(name));
    const rates = spread(inputs['rates'] as Vector, this.runs);
    const moved = this.optimizer.update(descent, slots, rates);
    moved.slots.forEach((slot, index) => {
      this.vector(this.optimizer.slotNames[index]!).assign(slot);
    });
    weights.assign(tf.add(weights, moved.change) as Vector);
    this.trainable.write(weights);

    const decay = inputs['averageDecay']!;
    const average = this.vector('average');
    // In this form what stands still has itself for its average, to the bit.
    average.assign(tf.add(average, tf.mul(tf.sub(this.everything(), average), tf.sub(1, decay))));
    const shown = mapped(measures, (tensor) => tensor.clone());
    tf.dispose(measures);
    return { ...shown, loss: lossScale === 1 ? loss : tf.div(loss, lossScale) };
  }

  private everything(): Vector {
    return flatten([...this.trainable.variables, ...this.statistics.variables]);
  }

  private place(everything: TensorFlow.Tensor): void {
    tf.tidy(() => {
      const sizes = [this.trainable.length, this.statistics.length];
      const [weights, statistics] = tf.split(everything as Vector, sizes) as [Vector, Vector];
      this.trainable.write(weights);
      this.statistics.write(statistics);
    });
  }

  private hold(name: string, initial: Vector): void {
    this.vectors.set(name, tf.variable(initial, false));
    initial.dispose();
  }

  private vector(name: string): TensorFlow.Variable<TensorFlow.Rank.R1> {
    const vector = this.vectors.get(name);
    if (!vector)
      throw new Error(
        `checkpoint: received a tensor "${name}", expected ${[...this.vectors.keys()].join(', ')}`,
      );
    return vector;
  }
}
