import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { ModelSpec } from '../../domain/config/model.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import { ModelError, TrainingDivergedError } from '../../domain/errors.js';
import type { FullEvaluation } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import type { TrainingState } from '../../domain/training-state.js';
import { labelsOf, type SplitImages } from '../datasets/image-set.js';
import { evaluate } from '../evaluation/evaluate.js';
import type { Classifier } from '../models/classifier.js';
import { buildNetwork } from '../models/network.js';
import { probabilitiesOf } from '../models/predict.js';
import { storeModel } from '../models/serialisation.js';
import type { PseudoLabels } from '../pseudo-labels/pseudo-labels.js';
import type { BatchSource } from './batches/batch.js';
import { batchSource } from './batches/batch-source.js';
import { Learner } from './learner.js';
import { ProgressMeter } from './progress-meter.js';
import { learningRate } from './schedule.js';

/** One training of one network. */
export interface TrainingJob {
  readonly images: Pick<SplitImages, 'labelled' | 'validation' | 'unlabelled'>;
  readonly classes: number;
  readonly model: ModelSpec;
  readonly training: TrainingSpec;
  /** Absent for a teacher. */
  readonly pseudoLabels?: PseudoLabels;
  readonly seed: number;
  readonly generation: number;
  /** The teacher's parameters: a student is at least as large. */
  readonly minimumParameters?: number;
  /** Threads that augment ahead of the steps, see {@link batchSource}. */
  readonly augmentationThreads?: number;
}

export interface TrainingProgress {
  readonly done: number;
  readonly total: number;
  /** Steps a second over the last seconds. */
  readonly rate: number;
  readonly loss?: number;
  readonly validationAccuracy?: number;
  readonly bestValidationAccuracy?: number;
  /** Share of the training's time that steps waited for their images, from 0 to 1. */
  readonly waited: number;
}

export interface TrainingHooks {
  onProgress(progress: TrainingProgress): void;
  /** The state to go on from; undefined to begin. */
  loadState(): Promise<TrainingState | undefined>;
  saveState(state: TrainingState): Promise<void>;
  /** When it aborts, the state is saved and the training rejects with its reason. */
  readonly signal: AbortSignal;
}

/** A line of a training's series. */
export interface SeriesPoint {
  readonly step: number;
  /** Mean over the steps since the last point. */
  readonly loss: number;
  readonly learningRate: number;
  readonly validationAccuracy: number;
  readonly validationLoss: number;
}

export interface TrainingOutcome {
  readonly model: StoredModel;
  readonly parameters: number;
  readonly steps: number;
  readonly bestStep: number;
  readonly validation: FullEvaluation;
  /** [images, classes] probabilities on validation. */
  readonly validationPredictions: Float32Array;
  readonly series: readonly SeriesPoint[];
  /** Spent in steps and evaluations, over all attempts. */
  readonly seconds: number;
  /** Of these, spent waiting for augmented images. */
  readonly waitedSeconds: number;
  /** SHA-256 over the kept weights. */
  readonly weightsHash: string;
}

/** What a checkpoint notes beside the tensors. */
interface Notes {
  readonly bestStep: number;
  readonly bestAccuracy: number;
  readonly seconds: number;
  readonly waitedSeconds: number;
  readonly lossSum: number;
  readonly lossCount: number;
  readonly series: readonly SeriesPoint[];
}

const BEGINNING: Notes = {
  bestStep: 0,
  bestAccuracy: -1,
  seconds: 0,
  waitedSeconds: 0,
  lossSum: 0,
  lossCount: 0,
  series: [],
};

/** Steps after which validation is measured: evenly spaced, the last one always. */
function isEvaluationStep(done: number, { steps, evaluations }: TrainingSpec): boolean {
  return Math.floor((done * evaluations) / steps) > Math.floor(((done - 1) * evaluations) / steps);
}

/**
 * Trains a network on labelled and pseudo-labelled images and keeps the averaged weights that were best on
 * validation. Begun again with the last saved state, it ends with the same weights as if never stopped.
 * @throws ModelError when the network is smaller than its teacher
 * @throws TrainingDivergedError when the loss is not finite
 * @throws the signal's reason, after saving, when aborted
 */
export async function train(job: TrainingJob, hooks: TrainingHooks): Promise<TrainingOutcome> {
  const { images, classes, training, seed, generation } = job;
  const { dropout, stochasticDepth } = training;
  const needs = { image: images.labelled.shape, classes, dropout, stochasticDepth };
  const network = await buildNetwork(job.model, { ...needs, seed: networkSeed(seed, generation) });
  const learner = new Learner(network, images.labelled.shape, training, { seed, generation });
  try {
    if (learner.parameters < (job.minimumParameters ?? 0)) {
      throw new ModelError(
        `models: generation ${generation} has ${learner.parameters} parameters, expected at least its teacher's ${job.minimumParameters}: make it wider or deeper`,
      );
    }
    const batches = batchSource(job);
    try {
      return await new Training(job, hooks, learner, batches).run();
    } finally {
      await batches.dispose();
    }
  } finally {
    learner.dispose();
  }
}

/** Each generation starts from other weights, so a student does not inherit its teacher's beginnings. */
function networkSeed(seed: number, generation: number): number {
  return seed * 1000 + generation;
}

class Training {
  private notes = BEGINNING;
  private done = 0;
  private lastEvaluation: number | undefined;
  private lastLoss: number | undefined;
  private readonly validationLabels: Int32Array;
  private readonly meter = new ProgressMeter();

  constructor(
    private readonly job: TrainingJob,
    private readonly hooks: TrainingHooks,
    private readonly learner: Learner,
    private readonly batches: BatchSource,
  ) {
    this.validationLabels = labelsOf(job.images.validation);
  }

  async run(): Promise<TrainingOutcome> {
    const { training } = this.job;
    const state = await this.hooks.loadState();
    if (state) this.resume(state);
    let lastSave = Date.now();
    while (this.done < training.steps) {
      if (this.hooks.signal.aborted) {
        await this.save();
        throw this.hooks.signal.reason;
      }
      await this.advance();
      if (Date.now() - lastSave >= training.checkpointSeconds * 1000) {
        await this.save();
        lastSave = Date.now();
      }
      // Lets messages in: a request to stop, or the news that the parent is gone.
      await setImmediate();
    }
    return this.outcome();
  }

  private resume(state: TrainingState): void {
    this.learner.load(state.tensors);
    this.notes = state.notes as unknown as Notes;
    this.done = state.step;
    this.lastEvaluation = this.notes.series.at(-1)?.validationAccuracy;
  }

  private async save(): Promise<void> {
    await this.hooks.saveState({
      step: this.done,
      tensors: await this.learner.save(),
      notes: { ...this.notes },
    });
  }

  /** One step, and an evaluation where one is due. */
  private async advance(): Promise<void> {
    const { training } = this.job;
    const started = performance.now();
    const waitedBefore = this.batches.waitedSeconds;
    const batch = await this.batches.take(this.done);
    const loss = await this.learner.step(this.done, batch);
    if (!Number.isFinite(loss)) {
      throw new TrainingDivergedError(
        `loss: received ${loss} at step ${this.done + 1}, expected a finite number: lower optimizer.learningRate (now ${training.optimizer.learningRate}) or set gradientClip`,
      );
    }
    this.done++;
    this.lastLoss = loss;
    const { lossSum, lossCount } = this.notes;
    this.notes = { ...this.notes, lossSum: lossSum + loss, lossCount: lossCount + 1 };
    if (isEvaluationStep(this.done, training)) await this.evaluateAverage();
    this.notes = {
      ...this.notes,
      seconds: this.notes.seconds + (performance.now() - started) / 1000,
      waitedSeconds: this.notes.waitedSeconds + this.batches.waitedSeconds - waitedBefore,
    };
    this.report();
  }

  private async evaluateAverage(): Promise<void> {
    const evaluation = await this.learner.withAverage(async () => (await this.measure()).evaluation);
    const { lossSum, lossCount, series, bestAccuracy } = this.notes;
    const point: SeriesPoint = {
      step: this.done,
      loss: lossSum / lossCount,
      learningRate: learningRate(this.done - 1, this.job.training),
      validationAccuracy: evaluation.accuracy,
      validationLoss: evaluation.loss,
    };
    this.lastEvaluation = evaluation.accuracy;
    this.notes = { ...this.notes, series: [...series, point], lossSum: 0, lossCount: 0 };
    if (evaluation.accuracy > bestAccuracy) {
      this.learner.markBest();
      this.notes = { ...this.notes, bestStep: this.done, bestAccuracy: evaluation.accuracy };
    }
  }

  private async measure() {
    const { validation } = this.job.images;
    // A word a batch: on large validation sets this takes longer than a heartbeat may.
    const onProgress = () => this.report();
    const range = { images: validation, first: 0, count: validation.count, onProgress };
    const classify: Classifier = (pixels, size) => this.learner.probabilities(pixels, size);
    const predictions = await probabilitiesOf(classify, this.job.classes, range);
    return { predictions, evaluation: evaluate(predictions, this.validationLabels, this.job.classes) };
  }

  private report(): void {
    const { bestAccuracy, seconds, waitedSeconds } = this.notes;
    const loss = this.lastLoss;
    this.hooks.onProgress({
      done: this.done,
      total: this.job.training.steps,
      rate: this.meter.rate(this.done),
      waited: seconds > 0 ? waitedSeconds / seconds : 0,
      ...(loss !== undefined && { loss }),
      ...(this.lastEvaluation !== undefined && { validationAccuracy: this.lastEvaluation }),
      ...(bestAccuracy >= 0 && { bestValidationAccuracy: bestAccuracy }),
    });
  }

  private async outcome(): Promise<TrainingOutcome> {
    this.learner.restoreBest();
    const { predictions, evaluation } = await this.measure();
    const model = await storeModel(this.learner.model);
    return {
      model,
      parameters: this.learner.parameters,
      steps: this.done,
      bestStep: this.notes.bestStep,
      validation: evaluation,
      validationPredictions: predictions,
      series: this.notes.series,
      seconds: this.notes.seconds,
      waitedSeconds: this.notes.waitedSeconds,
      weightsHash: createHash('sha256').update(model.weights).digest('hex'),
    };
  }
}
