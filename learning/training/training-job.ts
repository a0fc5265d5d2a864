import type { ModelSpec } from '../../domain/config/model.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import type { HeadPlan } from '../../domain/fit-plan.js';
import type { ObjectiveSpec } from '../../domain/objective-spec.js';
import type { FullEvaluation } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import type { TrainingState } from '../../domain/training-state.js';
import type { SplitImages } from '../datasets/image-set.js';
import type { OutputOrders } from '../distillation/teachers.js';
import type { PseudoLabels } from '../pseudo-labels/pseudo-labels.js';
import type { Responses } from './batches/examples.js';

/** One training of one network. */
export interface TrainingJob {
  readonly images: Pick<SplitImages, 'labelled' | 'validation' | 'unlabelled'>;
  readonly classes: number;
  /** Absent where the training starts from a model. */
  readonly model?: ModelSpec;
  /** A model to begin as, and what becomes of its last layer. */
  readonly start?: { readonly model: StoredModel; readonly head: HeadPlan };
  readonly training: TrainingSpec;
  /** Absent for a teacher. */
  readonly pseudoLabels?: PseudoLabels;
  /** Cross-entropy of labels and pseudo-labels by default. */
  readonly objective?: ObjectiveSpec;
  /** What other models said of the images, by their positions in the split. */
  readonly responses?: Responses;
  /** Models that answer to each step's images, where the objective compares with answers to the same views. */
  readonly teachers?: readonly StoredModel[];
  /** Which output of each teacher each class is, where they number their classes otherwise than the images' labels. */
  readonly teacherOutputs?: OutputOrders;
  readonly seed: number;
  readonly generation: number;
  /** The teacher's parameters: a student is at least as large. */
  readonly minimumParameters?: number;
  /**
   * Ends the training at this step of its whole schedule, its state saved: what it is worth so far. Begun again with
   * a later one, or none, it goes on as if never stopped.
   */
  readonly stopAt?: number;
  /** Threads that augment ahead of the steps, see {@link batchSource}. */
  readonly augmentationThreads?: number;
}

export interface TrainingProgress {
  readonly done: number;
  /** Where it ends, or stops. */
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
  /** How much the unlabelled images count that the network labels itself, from 0 to 1: mean since the last point. */
  readonly used?: number;
}

export interface TrainingOutcome {
  readonly model: StoredModel;
  readonly parameters: number;
  /** How many it has come to. */
  readonly steps: number;
  readonly bestStep: number;
  readonly validation: FullEvaluation;
  /** [images, classes] probabilities on validation. */
  readonly validationPredictions: Float32Array;
  /** That makes its confidence on validation say how often it is right, see {@link fitTemperature}. */
  readonly temperature: number;
  /** Calibration error on validation once that is applied. */
  readonly calibratedError: number;
  readonly series: readonly SeriesPoint[];
  /** Spent in steps and evaluations, over all attempts. */
  readonly seconds: number;
  /** Of these, spent waiting for augmented images. */
  readonly waitedSeconds: number;
  /** SHA-256 over the kept weights. */
  readonly weightsHash: string;
}
