import { setImmediate } from 'node:timers/promises';
import type { TrainingSpec } from '../../domain/config/training.js';
import { TrainingDivergedError } from '../../domain/errors.js';
import { sha256 } from '../../domain/hash.js';
import { taskBoundaryOf } from '../../domain/objective-spec.js';
import type { TrainingState } from '../../domain/training-state.js';
import { labelsOf } from '../datasets/image-set.js';
import { measureCalibration } from '../evaluation/calibration.js';
import { evaluate } from '../evaluation/evaluate.js';
import { newClassesOnly } from '../extension/new-classes-only.js';
import { type BatchFunction, inBatches } from '../models/in-batches.js';
import { storeModel } from '../models/serialisation.js';
import { ProgressMeter } from '../progress-meter.js';
import type { BatchSource } from './batches/batch.js';
import { expectSameVariables, type VariableShape } from './expect-checkpoint.js';
import type { Learner } from './learner.js';
import { learningRate } from './schedule.js';
import type { SeriesPoint, TrainingHooks, TrainingJob, TrainingOutcome } from './training-job.js';

/** The notes of a checkpoint. */
interface Notes {
  /** Of the network, to recognise a checkpoint of another one. */
  readonly variables?: readonly VariableShape[];
  readonly bestStep: number;
  readonly bestAccuracy: number;
  readonly seconds: number;
  readonly waitedSeconds: number;
  readonly lossSum: number;
  readonly lossCount: number;
  /** Sum of the objective's `used` since the last evaluation; absent without consistency. */
  readonly usedSum?: number;
  readonly series: readonly SeriesPoint[];
}

const INITIAL_NOTES: Notes = {
  bestStep: 0,
  bestAccuracy: -1,
  seconds: 0,
  waitedSeconds: 0,
  lossSum: 0,
  lossCount: 0,
  series: [],
};

/** Evaluations are evenly spaced over the steps; the last step always has one. */
function isEvaluationStep(done: number, { steps, evaluations }: TrainingSpec): boolean {
  return Math.floor((done * evaluations) / steps) > Math.floor(((done - 1) * evaluations) / steps);
}

/** Runs the steps of a training with their evaluations and checkpoints. */
export class TrainingLoop {
  private notes = INITIAL_NOTES;
  private done = 0;
  private lastEvaluation: number | undefined;
  private lastLoss: number | undefined;
  /** The last step of this loop: that of the schedule, or `stopAt`. */
  private readonly end: number;
  private readonly validationLabels: Int32Array;
  private readonly meter = new ProgressMeter();

  constructor(
    private readonly job: TrainingJob,
    private readonly hooks: TrainingHooks,
    private readonly learner: Learner,
    private readonly batches: BatchSource,
  ) {
    this.end = Math.min(job.training.steps, job.stopAt ?? Number.POSITIVE_INFINITY);
    this.validationLabels = labelsOf(job.images.validation);
  }

  async run(): Promise<TrainingOutcome> {
    const { training } = this.job;
    const state = await this.hooks.loadState();
    if (state) this.resume(state);
    let lastSave = Date.now();
    while (this.done < this.end) {
      if (this.hooks.signal.aborted) {
        await this.save();
        throw this.hooks.signal.reason;
      }
      await this.advance();
      if (Date.now() - lastSave >= training.checkpointSeconds * 1000) {
        await this.save();
        lastSave = Date.now();
      }
      // Yields to the event loop: a message may ask to stop, or say that the parent process is gone.
      await setImmediate();
    }
    if (this.done < training.steps) await this.stop();
    return this.outcome();
  }

  /**
   * Saves the state, then evaluates the weights of this step. The saved state is without that evaluation, which an
   * uninterrupted training would not make.
   */
  private async stop(): Promise<void> {
    await this.save();
    if (this.notes.series.at(-1)?.step !== this.done) await this.evaluateAverage();
  }

  private resume(state: TrainingState): void {
    const { variables, ...notes } = state.notes as unknown as Notes;
    expectSameVariables(variables ?? [], this.learner.variables);
    this.learner.load(state.tensors);
    this.notes = notes;
    this.done = state.step;
    this.lastEvaluation = this.notes.series.at(-1)?.validationAccuracy;
  }

  private async save(): Promise<void> {
    await this.hooks.saveState({
      step: this.done,
      tensors: await this.learner.save(),
      notes: { ...this.notes, variables: this.learner.variables },
    });
  }

  /** Runs one step, and an evaluation if one is due. */
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
    this.noteStep(loss);
    if (isEvaluationStep(this.done, training)) await this.evaluateAverage();
    this.notes = {
      ...this.notes,
      seconds: this.notes.seconds + (performance.now() - started) / 1000,
      waitedSeconds: this.notes.waitedSeconds + this.batches.waitedSeconds - waitedBefore,
    };
    this.report();
  }

  private noteStep(loss: number): void {
    const { lossSum, lossCount, usedSum = 0 } = this.notes;
    const { used } = this.learner.measured;
    this.notes = {
      ...this.notes,
      lossSum: lossSum + loss,
      lossCount: lossCount + 1,
      ...(used !== undefined && { usedSum: usedSum + used }),
    };
  }

  private async evaluateAverage(): Promise<void> {
    const evaluation = await this.learner.withAverage(async () => {
      const { evaluated } = await this.measure();
      return evaluate(evaluated, this.validationLabels, this.job.classes);
    });
    const { lossSum, lossCount, usedSum, series, bestAccuracy, ...notes } = this.notes;
    const point: SeriesPoint = {
      step: this.done,
      loss: lossSum / lossCount,
      learningRate: learningRate(this.done - 1, this.job.training),
      validationAccuracy: evaluation.accuracy,
      validationLoss: evaluation.loss,
      ...(usedSum !== undefined && { used: usedSum / lossCount }),
    };
    this.lastEvaluation = evaluation.accuracy;
    this.notes = { ...notes, bestAccuracy, series: [...series, point], lossSum: 0, lossCount: 0 };
    if (evaluation.accuracy > bestAccuracy) {
      this.learner.markBest();
      this.notes = { ...this.notes, bestStep: this.done, bestAccuracy: evaluation.accuracy };
    }
  }

  private async measure() {
    const { validation } = this.job.images;
    // Reports progress for each batch: a large validation set takes longer than the heartbeat timeout.
    const onProgress = () => this.report();
    const classify: BatchFunction = (pixels, size) => this.learner.probabilities(pixels, size);
    const predictions = await inBatches(classify, this.job.classes, { images: validation, onProgress });
    return { predictions, evaluated: this.evaluatedPart(predictions) };
  }

  /**
   * Returns the predictions that choose the best step and that the model is evaluated by: with separate heads those of
   * the new classes alone, since the network does not learn to compare them with the old ones.
   */
  private evaluatedPart(predictions: Float32Array): Float32Array {
    const { objective, classes } = this.job;
    const taskBoundary = taskBoundaryOf(objective);
    return taskBoundary === undefined ? predictions : newClassesOnly(predictions, classes, taskBoundary);
  }

  private report(): void {
    const { bestAccuracy, seconds, waitedSeconds } = this.notes;
    const loss = this.lastLoss;
    this.hooks.onProgress({
      done: this.done,
      total: this.end,
      rate: this.meter.rate(this.done),
      waited: seconds > 0 ? waitedSeconds / seconds : 0,
      ...(loss !== undefined && { loss }),
      ...(this.lastEvaluation !== undefined && { validationAccuracy: this.lastEvaluation }),
      ...(bestAccuracy >= 0 && { bestValidationAccuracy: bestAccuracy }),
    });
  }

  private async outcome(): Promise<TrainingOutcome> {
    this.learner.restoreBest();
    const { predictions, evaluated } = await this.measure();
    const model = await storeModel(this.learner.model);
    const { temperature, after } = measureCalibration(evaluated, this.validationLabels, this.job.classes);
    return {
      model,
      parameters: this.learner.parameters,
      steps: this.done,
      bestStep: this.notes.bestStep,
      validation: evaluate(evaluated, this.validationLabels, this.job.classes),
      validationPredictions: predictions,
      temperature,
      calibratedError: after.calibrationError,
      series: this.notes.series,
      seconds: this.notes.seconds,
      waitedSeconds: this.notes.waitedSeconds,
      weightsHash: sha256(model.weights),
    };
  }
}
