import type { TrainingSpec } from '../../domain/config/training.js';
import { ModelError } from '../../domain/errors.js';
import { keyedRandom } from '../../domain/random.js';
import type { ImageShape } from '../../domain/records.js';
import type { StoredTensor } from '../../domain/training-state.js';
import type { ProgramFunction } from '../../engine/compile/compiled-function.js';
import { NotTraceableError } from '../../engine/compile/not-traceable.js';
import { Program } from '../../engine/compile/program.js';
import type { Input } from '../../engine/compile/typed-input.js';
import type { SessionOptions } from '../../engine/session/session-config.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { type Classifier, classifierOf } from '../models/classifier.js';
import { withFeatures } from '../models/features.js';
import { drawsNoise } from '../models/layers/keyed-dropout.js';
import { withoutSoftmax } from '../models/logits.js';
import { variablesOf } from '../models/variables.js';
import { type Batch, type RowGroups, rowsOf } from './batches/batch.js';
import { descend } from './descent.js';
import { FlatWeights, flatten } from './flat-weights.js';
import { mapped } from './mapped.js';
import { Movement } from './movement.js';
import { NamedVectors } from './named-vectors.js';
import type { Objective } from './objectives/objective.js';
import { objectiveOf } from './objectives/objective-of.js';

type Vector = TensorFlow.Tensor1D;
type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

export interface LearnerOptions extends SessionOptions {
  /** By default {@link objectiveOf} the training. */
  readonly objective?: Objective;
}

/** The averages start short, so that the first steps' weights are soon forgotten (TensorFlow's num_updates rule). */
function averageDecay(step: number, highest: number): number {
  return Math.min(highest, (1 + step) / (10 + step));
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
  private readonly movement: Movement;
  private readonly objective: Objective;
  private readonly vectors = new NamedVectors();
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
    this.movement = new Movement(model, this.trainable.variables, training);
    this.objective = objective;
    this.seen = objective.looksAtFeatures ? withFeatures(model) : this.logits;
    this.noisyLayers = model.layers.filter(drawsNoise).map((layer) => layer.name);
    this.movement.hold(this.vectors);
    this.vectors.hold('average', this.everything());
    this.vectors.hold('best', this.everything());
    for (const [name, values] of Object.entries(this.objective.memory))
      this.vectors.hold(name, tf.tensor1d(values));
    this.vectors.hold('trained-statistics', this.statistics.read());
    const { eager, precision, replicas } = training;
    this.program = new Program(
      [
        ...this.trainable.variables,
        ...this.statistics.variables,
        ...this.vectors.variables,
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
        this.vectors.get('trained-statistics').assign(this.statistics.read());
        this.place(this.vectors.get('average'));
      }),
      useTrained: compiled(() => {
        this.trainable.write(this.vectors.get('weights'));
        this.statistics.write(this.vectors.get('trained-statistics'));
      }),
      // The clone's handle goes, its values stay; else each would be kept to the end of the training.
      markBest: compiled(() => this.vectors.get('best').assign(this.vectors.get('average').clone())),
      useBest: compiled(() => this.place(this.vectors.get('best'))),
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
    const run = this.stepOf(batch.groups, this.movement.rates.frozenAt(step));
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
    const lasting = this.vectors.entries().filter(([name]) => name !== 'trained-statistics');
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
        const expected = name === 'statistics' ? this.statistics.length : this.vectors.get(name).size;
        if (vector.size !== expected) {
          throw new Error(
            `checkpoint tensor "${name}": received ${JSON.stringify(shape)}, expected [${expected}]`,
          );
        }
        if (name === 'statistics') this.statistics.write(vector);
        else this.vectors.get(name).assign(vector);
      }
      this.trainable.write(this.vectors.get('weights'));
    });
    this.program.push();
  }

  dispose(): void {
    this.program.dispose();
    this.vectors.dispose();
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
    const stepSizes = this.movement.stepSizes(step);
    const scalar = (value: number): Input => ({ values: Float32Array.of(value), shape: [] });
    return {
      pixels: this.images(pixels, rows),
      targets: byRow(targets),
      ...mapped(more, byRow),
      ...mapped(this.objective.scalars(step), scalar),
      stepSizes: { values: stepSizes, shape: [stepSizes.length] },
      averageDecay: scalar(averageDecay(step, this.training.emaDecay)),
      ...Object.fromEntries(seeds),
    };
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

  /** The gradient, what moves by it, and the moving average. */
  private move(inputs: Tensors, groups: RowGroups, frozen: number): Tensors {
    const { training, objective, movement, trainable } = this;
    const descending = {
      network: this.seen,
      variables: trainable.variables,
      rates: movement.rates,
      objective,
      memory: (name: string) => this.vectors.get(name),
      training,
    };
    const { loss, gradient, remembered, measures } = descend(descending, inputs, groups, frozen);
    for (const [name, tensor] of Object.entries(remembered)) {
      this.vectors.get(name).assign(tensor as Vector);
      tensor.dispose();
    }
    movement.move(this.vectors, gradient, inputs['stepSizes'] as Vector, frozen);
    trainable.write(this.vectors.get('weights'));

    const decay = inputs['averageDecay']!;
    const average = this.vectors.get('average');
    // In this form what stands still has itself for its average, to the bit.
    average.assign(tf.add(average, tf.mul(tf.sub(this.everything(), average), tf.sub(1, decay))));
    const shown = mapped(measures, (tensor) => tensor.clone());
    tf.dispose(measures);
    const { lossScale } = training;
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
}
