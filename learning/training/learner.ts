import type { TrainingSpec } from '../../domain/config/training.js';
import { ModelError } from '../../domain/errors.js';
import { keyedRandom } from '../../domain/random.js';
import type { ImageShape } from '../../domain/records.js';
import type { StoredTensor } from '../../domain/training-state.js';
import { CompiledStep } from '../../engine/compile/compiled-step.js';
import { NotTraceableError } from '../../engine/compile/recorder.js';
import { softmaxCrossEntropy } from '../../engine/softmax-cross-entropy.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { drawsNoise, withStepNoise } from '../models/layers/keyed-dropout.js';
import { withoutSoftmax } from '../models/logits.js';
import { imageTensor } from '../models/predict.js';
import type { Batch } from './batches/batch.js';
import { FlatWeights, flatten } from './flat-weights.js';
import { type Optimizer, optimizerOf } from './optimizer.js';
import { learningRate } from './schedule.js';

type Vector = TensorFlow.Tensor1D;
type Inputs = Readonly<Record<string, TensorFlow.Tensor>>;

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
  private readonly trainable: FlatWeights;
  /** Running statistics of batch norm: moved by the forward pass, averaged with the weights. */
  private readonly statistics: FlatWeights;
  private readonly optimizer: Optimizer;
  private readonly vectors = new Map<string, TensorFlow.Variable<TensorFlow.Rank.R1>>();
  private readonly noisyLayers: readonly string[];
  private compiled: CompiledStep | undefined;

  constructor(
    readonly model: TensorFlow.LayersModel,
    private readonly image: ImageShape,
    private readonly training: TrainingSpec,
    private readonly key: { readonly seed: number; readonly generation: number },
  ) {
    this.logits = withoutSoftmax(model);
    this.trainable = new FlatWeights(variablesOf(model.trainableWeights));
    this.statistics = new FlatWeights(variablesOf(model.nonTrainableWeights));
    this.optimizer = optimizerOf(training.optimizer);
    this.noisyLayers = model.layers.filter(drawsNoise).map((layer) => layer.name);
    this.hold('decayed', decayMask(this.trainable.variables));
    this.hold('weights', this.trainable.read());
    this.hold('average', this.everything());
    this.hold('best', this.everything());
    for (const slot of this.optimizer.slotNames) this.hold(slot, tf.zeros([this.trainable.length]));
  }

  get parameters(): number {
    return this.trainable.length + this.statistics.length;
  }

  /**
   * One step of joint training (Xie et al. 2020, algorithm 1).
   * @returns the loss, without weight decay
   */
  step(step: number, batch: Batch, labelled: number): number {
    const inputs = this.stepInputs(step, batch);
    const run = this.runner(inputs, this.training.lossNormalisation === 'labelled' ? labelled : batch.size);
    const { loss } = run(inputs) as { loss: TensorFlow.Tensor };
    const value = loss.dataSync()[0]!;
    tf.dispose([loss, inputs]);
    return value;
  }

  /** Runs with the averaged weights in the network, then puts the trained ones back. */
  async withAverage<T>(use: () => Promise<T>): Promise<T> {
    this.compiled?.pull();
    const statistics = this.statistics.read();
    this.place(this.vector('average'));
    try {
      return await use();
    } finally {
      this.trainable.write(this.vector('weights'));
      this.statistics.write(statistics);
      statistics.dispose();
    }
  }

  /** Remembers the averaged weights as the best so far. */
  markBest(): void {
    this.compiled?.pull();
    // The clone's handle goes, its values stay; else each would be kept to the end of the training.
    tf.tidy(() => this.vector('best').assign(this.vector('average').clone()));
  }

  /** Puts the best averaged weights into the network, for good. */
  restoreBest(): void {
    this.place(this.vector('best'));
  }

  /** Everything that the next step depends on. */
  async save(): Promise<StoredTensor[]> {
    this.compiled?.pull();
    const statistics = this.statistics.read();
    const named = [...this.vectors, ['statistics', statistics] as const];
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
    this.compiled?.push();
  }

  dispose(): void {
    this.compiled?.dispose();
    for (const vector of this.vectors.values()) vector.dispose();
    this.model.dispose();
  }

  /** Everything that changes from step to step: images, learning rate, and the seeds of the noise. */
  private stepInputs(step: number, batch: Batch): Inputs {
    const random = keyedRandom(this.key.seed, 'noise', this.key.generation, step);
    // By place, not by name: tfjs numbers the names that a user's module leaves open through the whole process.
    const seeds = this.noisyLayers.map((layer, place) => [
      `seed-${layer}`,
      tf.tensor1d(random.fork(place).seedPair(), 'int32'),
    ]);
    return {
      pixels: imageTensor(batch.pixels, batch.size, this.image),
      targets: tf.tensor2d(batch.targets, [batch.size, batch.targets.length / batch.size]),
      rate: tf.scalar(this.optimizer.stepSize(learningRate(step, this.training), step)),
      averageDecay: tf.scalar(averageDecay(step, this.training.emaDecay)),
      ...Object.fromEntries(seeds),
    };
  }

  /** The step, drawn as a graph at its first call; or as it is, when asked to be eager. */
  private runner(inputs: Inputs, divisor: number): (inputs: Inputs) => Inputs {
    const step = (given: Inputs) => tf.tidy(() => this.move(given, divisor));
    if (this.training.eager) return step;
    this.compiled ??= this.compile(inputs, step);
    return (given) => this.compiled!.run(given);
  }

  private compile(inputs: Inputs, step: (inputs: Inputs) => Inputs): CompiledStep {
    try {
      return new CompiledStep({ variables: this.moving(), inputs, step });
    } catch (error) {
      if (!(error instanceof NotTraceableError)) throw error;
      throw new ModelError(
        `model: its training step can't be made a graph: ${error.message}; or set eager: true, which is slower`,
        { cause: error },
      );
    }
  }

  /** Forward, backward, optimizer, weight decay, and the moving average. */
  private move(inputs: Inputs, divisor: number): Inputs {
    const noise = (layer: string) => inputs[`seed-${layer}`] as Vector;
    const { value: loss, grads } = withStepNoise(noise, () =>
      tf.variableGrads(() => {
        const scores = this.logits.apply(inputs['pixels']!, { training: true }) as TensorFlow.Tensor2D;
        const losses = softmaxCrossEntropy(scores, inputs['targets'] as TensorFlow.Tensor2D);
        return tf.div(tf.sum(losses), divisor);
      }, [...this.trainable.variables]),
    );
    const { weightDecay, gradientClip } = this.training;
    const weights = this.vector('weights');
    let descent = flatten(this.trainable.variables.map((variable) => grads[variable.name]!));
    if (gradientClip !== undefined) descent = clipByGlobalNorm(descent, gradientClip);
    descent = tf.add(descent, tf.mul(tf.mul(weights, this.vector('decayed')), weightDecay)) as Vector;
    const slots = this.optimizer.slotNames.map((name) => this.vector(name));
    const moved = this.optimizer.update(descent, slots, inputs['rate'] as TensorFlow.Scalar);
    moved.slots.forEach((slot, index) => {
      this.vector(this.optimizer.slotNames[index]!).assign(slot);
    });
    weights.assign(tf.add(weights, moved.change) as Vector);
    this.trainable.write(weights);

    const decay = inputs['averageDecay']!;
    const average = this.vector('average');
    average.assign(tf.add(tf.mul(average, decay), tf.mul(this.everything(), tf.sub(1, decay))));
    return { loss };
  }

  /** All that a step assigns, or reads and that stays. */
  private moving(): TensorFlow.Variable[] {
    const vectors = ['weights', 'average', 'decayed', ...this.optimizer.slotNames].map((name) =>
      this.vector(name),
    );
    return [...this.trainable.variables, ...this.statistics.variables, ...vectors];
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

/** The variables behind a layers model's weights, which tfjs-layers keeps to itself. */
function variablesOf(weights: readonly TensorFlow.LayerVariable[]): TensorFlow.Variable[] {
  return weights.map((weight) => weight.read() as TensorFlow.Variable);
}
