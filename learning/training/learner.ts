import type { TrainingSpec } from '../../domain/config/training.js';
import { ModelError } from '../../domain/errors.js';
import type { ImageShape } from '../../domain/records.js';
import type { StoredTensor } from '../../domain/training-state.js';
import type { ProgramFunction } from '../../engine/compile/compiled-function.js';
import { NotTraceableError } from '../../engine/compile/not-traceable.js';
import { Program } from '../../engine/compile/program.js';
import type { SessionOptions } from '../../engine/session/session-config.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { classifierOf } from '../models/classifier.js';
import { withFeatures } from '../models/features.js';
import type { BatchFunction } from '../models/in-batches.js';
import { drawsNoise } from '../models/layers/keyed-dropout.js';
import { withoutSoftmax } from '../models/logits.js';
import { variablesOf } from '../models/variables.js';
import { AveragedWeights, averageDecay, type WeightSwaps } from './averaged-weights.js';
import type { Batch, RowGroups } from './batches/batch.js';
import { FlatWeights } from './flat-weights.js';
import { computeGradients } from './gradients.js';
import { mapValues } from './map-values.js';
import { NamedVectors } from './named-vectors.js';
import type { Objective } from './objectives/objective.js';
import { objectiveOf } from './objectives/objective-of.js';
import { OptimizerUpdate } from './optimizer-update.js';
import { stepInputs } from './step-inputs.js';

type Vector = TensorFlow.Tensor1D;
type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

export interface LearnerOptions extends SessionOptions {
  /** By default {@link objectiveOf} the training. */
  readonly objective?: Objective;
}

/**
 * A network in training: weights, their exponential moving average, optimizer slots, and the step that
 * moves them. Knows nothing of data, files or time.
 */
export class Learner {
  readonly logits: TensorFlow.LayersModel;
  /** The logits, and the features before them where the objective looks at those. */
  private readonly stepNetwork: TensorFlow.LayersModel;
  private readonly trainable: FlatWeights;
  /** Running statistics of batch norm. */
  private readonly statistics: FlatWeights;
  private readonly averaged: AveragedWeights;
  private readonly optimizerUpdate: OptimizerUpdate;
  private readonly objective: Objective;
  private readonly vectors = new NamedVectors();
  private readonly noisyLayers: readonly string[];
  private readonly program: Program;
  /** By the kinds of rows that they train on, and the layers that stand still. */
  private readonly steps = new Map<string, ProgramFunction>();
  private readonly swaps: WeightSwaps;
  private readonly classify: BatchFunction;

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
    this.optimizerUpdate = new OptimizerUpdate(
      model,
      this.trainable.variables,
      training,
      objective.frozenOutputs,
    );
    this.objective = objective;
    this.stepNetwork = objective.needsFeatures ? withFeatures(model) : this.logits;
    this.noisyLayers = model.layers.filter(drawsNoise).map((layer) => layer.name);
    this.optimizerUpdate.register(this.vectors);
    this.averaged = new AveragedWeights(this.trainable, this.statistics, this.vectors);
    for (const [name, values] of Object.entries(this.objective.memory))
      this.vectors.register(name, tf.tensor1d(values));
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
    this.swaps = this.averaged.compileSwaps(this.program);
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
    const run = this.compiledStep(batch.groups, this.optimizerUpdate.rates.frozenAt(step));
    const outputs = await this.asModelError(run.runAsync(stepInputs(step, batch, this.stepContext(step))));
    const { loss, ...measured } = mapValues(outputs, (tensor) => tensor.dataSync()[0]!);
    tf.dispose(outputs);
    this.measured = measured;
    return loss!;
  }

  /** What the network in its present state says of clean images: [size * classes] probabilities. */
  async probabilities(pixels: Uint8Array, size: number): Promise<Float32Array> {
    return this.asModelError(this.classify(pixels, size));
  }

  /** Runs with the averaged weights in the network, then puts the trained ones back. */
  async withAverage<T>(use: () => Promise<T>): Promise<T> {
    this.swaps.useAverage.run({});
    try {
      return await use();
    } finally {
      this.swaps.useTrained.run({});
    }
  }

  /** Remembers the averaged weights as the best so far. */
  markBest(): void {
    this.swaps.markBest.run({});
  }

  /** Puts the best averaged weights into the network, for good. */
  restoreBest(): void {
    this.swaps.useBest.run({});
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

  private stepContext(step: number) {
    const { image, key, noisyLayers, optimizerUpdate, objective, training } = this;
    const scalars = { ...objective.scalars(step), averageDecay: averageDecay(step, training.emaDecay) };
    return { image, key, noisyLayers, stepSizes: optimizerUpdate.stepSizes(step), scalars };
  }

  private compiledStep(groups: RowGroups, frozen: number): ProgramFunction {
    const key = [...Object.values(groups), frozen].join();
    const known = this.steps.get(key);
    if (known) return known;
    const made = this.program.compile((inputs) => this.trainStep(inputs, groups, frozen));
    this.steps.set(key, made);
    return made;
  }

  private async asModelError<T>(run: Promise<T>): Promise<T> {
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
  private trainStep(inputs: Tensors, groups: RowGroups, frozen: number): Tensors {
    const { training, objective, optimizerUpdate, trainable } = this;
    const descending = {
      network: this.stepNetwork,
      variables: trainable.variables,
      rates: optimizerUpdate.rates,
      objective,
      memory: (name: string) => this.vectors.get(name),
      training,
    };
    const { loss, gradient, memory, measures } = computeGradients(descending, inputs, groups, frozen);
    for (const [name, tensor] of Object.entries(memory)) {
      this.vectors.get(name).assign(tensor as Vector);
      tensor.dispose();
    }
    optimizerUpdate.apply(this.vectors, gradient, inputs['stepSizes'] as Vector, frozen);
    trainable.write(this.vectors.get('weights'));

    this.averaged.update(inputs['averageDecay']!);
    const shown = mapValues(measures, (tensor) => tensor.clone());
    tf.dispose(measures);
    const { lossScale } = training;
    return { ...shown, loss: lossScale === 1 ? loss : tf.div(loss, lossScale) };
  }
}
