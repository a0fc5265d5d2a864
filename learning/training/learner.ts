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
import { expectSameTensors, type VariableShape } from './expect-checkpoint.js';
import { FlatWeights } from './flat-weights.js';
import { computeGradients } from './gradients.js';
import { mapValues } from './map-values.js';
import { NamedVectors } from './named-vectors.js';
import type { Objective } from './objectives/objective.js';
import { objectiveOf } from './objectives/objective-of.js';
import { OptimizerUpdate } from './optimizer-update.js';
import { stepInputs } from './step-inputs.js';
import type { Tensors, Vector } from './tensors.js';

export interface LearnerOptions extends SessionOptions {
  /** {@link objectiveOf} the training by default. */
  readonly objective?: Objective;
}

/**
 * A network in training: its weights, their exponential moving average, the optimizer slots, and the step that updates
 * them. It reads no data and writes no files.
 */
export class Learner {
  readonly logits: TensorFlow.LayersModel;
  /** Outputs logits, and the features before them where the objective needs those. */
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
  /** Compiled steps by row groups and number of frozen layer groups. */
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

  /** The objective's metrics of the last step, by name. */
  measured: Readonly<Record<string, number>> = {};

  /** Trainable variables, then the running statistics. */
  get variables(): readonly VariableShape[] {
    const all = [...this.trainable.variables, ...this.statistics.variables];
    return all.map(({ name, shape }) => ({ name, shape }));
  }

  get parameters(): number {
    return this.trainable.length + this.statistics.length;
  }

  /**
   * Runs one training step.
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

  /** Returns the network's class probabilities [size * classes] for clean images, with its present weights. */
  async probabilities(pixels: Uint8Array, size: number): Promise<Float32Array> {
    return this.asModelError(this.classify(pixels, size));
  }

  /** Calls `use` with the averaged weights in the network, then puts the trained ones back. */
  async withAverage<T>(use: () => Promise<T>): Promise<T> {
    this.swaps.useAverage.run({});
    try {
      return await use();
    } finally {
      this.swaps.useTrained.run({});
    }
  }

  /** Keeps the averaged weights as the best so far. */
  markBest(): void {
    this.swaps.markBest.run({});
  }

  /** Puts the best averaged weights into the network. There is no way back to the trained ones. */
  restoreBest(): void {
    this.swaps.useBest.run({});
    this.program.pull();
  }

  /** Returns the state that the next step depends on. */
  async save(): Promise<StoredTensor[]> {
    this.program.pull();
    const statistics = this.statistics.read();
    const named = [...this.savedVectors(), ['statistics', statistics] as const];
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

  /**
   * Restores the state that {@link save} returned.
   * @throws ModelError when it is the state of another network or optimizer
   */
  load(tensors: readonly StoredTensor[]): void {
    expectSameTensors(tensors, {
      ...Object.fromEntries(this.savedVectors().map(([name, { size }]) => [name, size])),
      statistics: this.statistics.length,
    });
    tf.tidy(() => {
      for (const { name, bytes } of tensors) {
        const vector = tf.tensor1d(new Float32Array(bytes.slice().buffer), 'float32');
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

  /** Statistics are saved from the network itself. */
  private savedVectors() {
    return this.vectors.entries().filter(([name]) => name !== 'trained-statistics');
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
    const compiled = this.program.compile((inputs) => this.trainStep(inputs, groups, frozen));
    this.steps.set(key, compiled);
    return compiled;
  }

  private async asModelError<T>(run: Promise<T>): Promise<T> {
    try {
      return await run;
    } catch (error) {
      if (!(error instanceof NotTraceableError)) throw error;
      throw new ModelError(
        `model: its training step can't be compiled to a graph: ${error.message}; or set eager: true, which is slower`,
        { cause: error },
      );
    }
  }

  /** Gradients, optimizer update and moving average. Runs inside a compiled function. */
  private trainStep(inputs: Tensors, groups: RowGroups, frozen: number): Tensors {
    const { training, objective, optimizerUpdate, trainable } = this;
    const context = {
      network: this.stepNetwork,
      variables: trainable.variables,
      rates: optimizerUpdate.rates,
      objective,
      memory: (name: string) => this.vectors.get(name),
      training,
    };
    const { loss, gradient, memory, measures } = computeGradients(context, inputs, groups, frozen);
    for (const [name, tensor] of Object.entries(memory)) {
      this.vectors.get(name).assign(tensor as Vector);
      tensor.dispose();
    }
    optimizerUpdate.apply(this.vectors, gradient, inputs['stepSizes'] as Vector, frozen);
    trainable.write(this.vectors.get('weights'));

    this.averaged.update(inputs['averageDecay']!);
    const returned = mapValues(measures, (tensor) => tensor.clone());
    tf.dispose(measures);
    const { lossScale } = training;
    return { ...returned, loss: lossScale === 1 ? loss : tf.div(loss, lossScale) };
  }
}
