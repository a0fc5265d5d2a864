import type { ModelSpec } from './config/model.js';
import type { TrainingSpec } from './config/training.js';
import type { ObjectiveSpec } from './objective-spec.js';
import type { ArtifactKey, DatasetRecord, TrainedModel } from './records.js';

/**
 * The last weighted layer of a model that is trained further. kept: unchanged. new: reinitialised. extended: with
 * additional, initialised outputs.
 */
export type HeadPlan = 'kept' | 'new' | 'extended';

/** Bytes in the store, with their SHA-256. */
export interface StoredBytes {
  readonly key: ArtifactKey;
  readonly hash: string;
}

/** A model in the store, with the SHA-256 of its weights. */
export type StoredWeights = Pick<TrainedModel, 'modelKey' | 'weightsHash'>;

/** The plan of a training in plain JSON: start, data, objective and settings. Stored inputs are named with their hashes. */
export interface TrainingPlan {
  /** The model's folder within its run, for example `student` or `trial-3`. */
  readonly name: string;
  readonly dataset: DatasetRecord;
  readonly start: ModelSpec | (StoredWeights & { readonly kind: 'stored'; readonly head: HeadPlan });
  readonly training: TrainingSpec;
  /** Cross-entropy of labels and pseudo-labels by default. */
  readonly objective?: ObjectiveSpec;
  /** Selected pseudo-labels, in the format of learning/pseudo-labels/pack.ts. */
  readonly pseudoLabels?: StoredBytes;
  /** Recorded predictions of other models. */
  readonly responses?: RecordedResponses;
  /** Models that predict the views in each step, for objectives with views: same. */
  readonly teachers?: readonly StoredWeights[];
  /** For each teacher, the output index of each class; absent if all have the data's class order. */
  readonly teacherOutputs?: ReadonlyArray<readonly number[]>;
  /** Trains on unlabelled images only. */
  readonly withoutLabelled?: boolean;
  /** A second data set with the same class order, whose labelled and validation images are added. */
  readonly secondDataset?: DatasetRecord;
  /** Keys initial weights and noise together with the seed; 0 by default. */
  readonly generation?: number;
  /** Networks with fewer parameters are refused. */
  readonly minimumParameters?: number;
  /** Stops at this step of the whole schedule; the checkpoint stays, for a later stop or the end. */
  readonly stopAt?: number;
}

/** Whether a training reaches the end of its schedule, or stops on its way. */
export function trainsToTheEnd({
  stopAt,
  training: { steps },
}: Pick<TrainingPlan, 'stopAt' | 'training'>): boolean {
  return stopAt === undefined || stopAt >= steps;
}

/** Float32 [images, width] predictions, in split order. */
export interface RecordedResponses {
  readonly width: number;
  /** Absent if the plan leaves the labelled images out. */
  readonly labelled?: StoredBytes;
  readonly unlabelled?: StoredBytes;
}

/** Hashes of everything that determines a training's weights: `data set`, `network`, `settings`… See identityOf. */
export type TrainingIdentity = Readonly<Record<string, string>>;
