import { keyedRandom } from '../../domain/random.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import type { ImageShape } from '../../domain/records.js';
import { softmaxCrossEntropy } from '../../engine/softmax-cross-entropy.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { withoutSoftmax } from '../models/logits.js';
import { withStepNoise } from '../models/layers/keyed-dropout.js';
import type { Batch } from './batches.js';
import { FlatWeights, flatten } from './flat-weights.js';
import { type Optimizer, optimizerOf } from './optimizer.js';
import { learningRate } from './schedule.js';
import type { StoredTensor } from './training-state.js';

type Vector = TensorFlow.Tensor1D;

/** The averages start short, so that the first steps' weights are soon forgotten (TensorFlow's num_updates rule). */
function averageDecay(step: number, highest: number): number {
  return Math.min(highest, (1 + step) / (10 + step));
}

/** 1 where weight decay applies: kernels, which have at least two axes; not biases, not batch norm. */
function decayMask(variables: readonly TensorFlow.Variable[]): Vector {
  return tf.tidy(() => flatten(variables.map((variable) => tf.fill(variable.shape, variable.rank > 1 ? 1 : 0))));
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
  private readonly decayed: Vector;
  private readonly vectors = new Map<string, TensorFlow.Variable>();

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
    this.decayed = decayMask(this.trainable.variables);
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
    const seeds = keyedRandom(this.key.seed, 'noise', this.key.generation, step);
    const loss = tf.tidy(() => {
      const noise = (layer: string) => tf.tensor1d(seeds.fork(layer).seedPair(), 'int32');
      const divisor = this.training.lossNormalisation === 'labelled' ? labelled : batch.size;
      const { value, grads } = withStepNoise(noise, () =>
        tf.variableGrads(() => {
          const { height, width, channels } = this.image;
          const pixels = tf.tensor4d(new Float32Array(batch.pixels), [batch.size, height, width, channels]);
          const scores = this.logits.apply(pixels, { training: true }) as TensorFlow.Tensor2D;
          const targets = tf.tensor2d(batch.targets, [batch.size, batch.targets.length / batch.size]);
          return tf.div(tf.sum(softmaxCrossEntropy(scores, targets)), divisor);
        }, [...this.trainable.variables]),
      );
      this.move(flatten(this.trainable.variables.map((variable) => grads[variable.name]!)), step);
      return value;
    });
    const value = loss.dataSync()[0]!;
    loss.dispose();
    return value;
  }

  /** Runs with the averaged weights in the network, then puts the trained ones back. */
  async withAverage<T>(use: () => Promise<T>): Promise<T> {
    const statistics = this.statistics.read();
    this.place(this.vector('average'));
    try {
      return await use();
    } finally {
      this.trainable.write(this.vector('weights') as unknown as Vector);
      this.statistics.write(statistics);
      statistics.dispose();
    }
  }

  /** Remembers the averaged weights as the best so far. */
  markBest(): void {
    this.vector('best').assign(this.vector('average').clone());
  }

  /** Puts the best averaged weights into the network, for good. */
  restoreBest(): void {
    this.place(this.vector('best'));
  }

  /** Everything that the next step depends on. */
  async save(): Promise<StoredTensor[]> {
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
          throw new Error(`checkpoint tensor "${name}": received ${JSON.stringify(shape)}, expected [${expected}]`);
        }
        if (name === 'statistics') this.statistics.write(vector);
        else this.vector(name).assign(vector);
      }
      this.trainable.write(this.vector('weights') as unknown as Vector);
    });
  }

  dispose(): void {
    for (const vector of this.vectors.values()) vector.dispose();
    this.decayed.dispose();
    this.model.dispose();
  }

  /** Optimizer, weight decay, and the moving average. */
  private move(gradient: Vector, step: number): void {
    const { weightDecay, gradientClip } = this.training;
    const weights = this.vector('weights');
    let descent = gradient;
    if (gradientClip !== undefined) {
      const norm = tf.sqrt(tf.sum(tf.square(descent)));
      descent = tf.mul(descent, tf.minimum(1, tf.div(gradientClip, tf.add(norm, 1e-12)))) as Vector;
    }
    descent = tf.add(descent, tf.mul(tf.mul(weights, this.decayed), weightDecay)) as Vector;
    const slots = this.optimizer.slotNames.map((name) => this.vector(name) as unknown as Vector);
    const rate = learningRate(step, this.training);
    const moved = this.optimizer.update(descent, slots, rate, step);
    moved.slots.forEach((slot, index) => {
      this.vector(this.optimizer.slotNames[index]!).assign(slot);
    });
    weights.assign(tf.add(weights, moved.change) as Vector);
    this.trainable.write(weights as unknown as Vector);

    const decay = averageDecay(step, this.training.emaDecay);
    const average = this.vector('average');
    average.assign(tf.add(tf.mul(average, decay), tf.mul(this.everything(), 1 - decay)));
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

  private hold(name: string, initial: TensorFlow.Tensor): void {
    this.vectors.set(name, tf.variable(initial, false));
    initial.dispose();
  }

  private vector(name: string): TensorFlow.Variable {
    const vector = this.vectors.get(name);
    if (!vector) throw new Error(`checkpoint: received a tensor "${name}", expected ${[...this.vectors.keys()].join(', ')}`);
    return vector;
  }
}

/** The variables behind a layers model's weights, which tfjs-layers keeps to itself. */
function variablesOf(weights: readonly TensorFlow.LayerVariable[]): TensorFlow.Variable[] {
  return weights.map((weight) => weight.read() as TensorFlow.Variable);
}
