import type { ModelSpec } from '../../domain/config/model.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import type { ObjectiveSpec } from '../../domain/objective-spec.js';
import type { FullEvaluation } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import type { HeadPlan } from '../../domain/training-plan.js';
import type { TrainingState } from '../../domain/training-state.js';
import type { SplitImages } from '../datasets/image-set.js';
import type { OutputOrders } from '../distillation/teachers.js';
import type { PseudoLabels } from '../pseudo-labels/pseudo-labels.js';
import type { Responses } from './batches/examples.js';

/** The inputs of a training. */
export interface TrainingJob {
  readonly images: Pick<SplitImages, 'labelled' | 'validation' | 'unlabelled'>;
  readonly classes: number;
  /** The network to build; absent when the training starts from a model. */
  readonly model?: ModelSpec;
  /** The model to start from, and whether its last layer is kept, widened or replaced. */
  readonly start?: { readonly model: StoredModel; readonly head: HeadPlan };
  readonly training: TrainingSpec;
  /** Absent for a teacher. */
  readonly pseudoLabels?: PseudoLabels;
  /** The loss; by default the cross-entropy of labels and pseudo-labels. */
  readonly objective?: ObjectiveSpec;
  /** Recorded predictions of other models, by the image's position in the split. */
  readonly responses?: Responses;
  /** Models that predict each step's images, when the objective has `views: same`. */
  readonly teachers?: readonly StoredModel[];
  /** The output of each teacher for each class, when they number the classes differently than the labels. */
  readonly teacherOutputs?: OutputOrders;
  readonly seed: number;
  readonly generation: number;
  /** The teacher's number of parameters: a student must have at least as many. */
  readonly minimumParameters?: number;
  /**
   * Stops after this step of the schedule, saves the state and returns the outcome so far. A training that resumes
   * with a later `stopAt`, or none, continues as if it had never stopped.
   */
  readonly stopAt?: number;
  /** Number of threads that prefetch augmented batches, see {@link batchSource}. */
  readonly augmentationThreads?: number;
}

export interface TrainingProgress {
  readonly done: number;
  /** Steps of the schedule, or `stopAt`. */
  readonly total: number;
  /** Steps per second over the last seconds. */
  readonly rate: number;
  readonly loss?: number;
  readonly validationAccuracy?: number;
  readonly bestValidationAccuracy?: number;
  /** Share of the training's time spent waiting for batches, from 0 to 1. */
  readonly waited: number;
}

export interface TrainingHooks {
  onProgress(progress: TrainingProgress): void;
  /** Returns the state to resume from; undefined to start anew. */
  loadState(): Promise<TrainingState | undefined>;
  saveState(state: TrainingState): Promise<void>;
  /** On abort, the training saves its state and rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/** One evaluation in a training's series. */
export interface SeriesPoint {
  readonly step: number;
  /** Mean over the steps since the last point. */
  readonly loss: number;
  readonly learningRate: number;
  readonly validationAccuracy: number;
  readonly validationLoss: number;
  /** Mean weight of the unlabelled images in the consistency loss since the last point, from 0 to 1. */
  readonly used?: number;
}

export interface TrainingOutcome {
  readonly model: StoredModel;
  readonly parameters: number;
  /** Number of steps done. */
  readonly steps: number;
  readonly bestStep: number;
  readonly validation: FullEvaluation;
  /** [images, classes] probabilities on validation. */
  readonly validationPredictions: Float32Array;
  /** Temperature that calibrates the confidence on validation, see {@link fitTemperature}. */
  readonly temperature: number;
  /** Calibration error on validation at that temperature. */
  readonly calibratedError: number;
  readonly series: readonly SeriesPoint[];
  /** Time in steps and evaluations, over all attempts. */
  readonly seconds: number;
  /** Part of `seconds` spent waiting for batches. */
  readonly waitedSeconds: number;
  /** SHA-256 over the kept weights. */
  readonly weightsHash: string;
}
