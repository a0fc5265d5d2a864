import type { ModelSpec } from './config/model.js';
import type { TrainingSpec } from './config/training.js';
import type { ObjectiveSpec } from './objective-spec.js';
import type { ArtifactKey, DatasetRecord, TrainedModel } from './records.js';

/** What becomes of the last weighted layer of a model that is trained further. */
export type HeadPlan =
  /** As it is: the same classes. */
  | 'kept'
  /** A fresh one. */
  | 'new'
  /** The old classes as they are, fresh ones after them. */
  | 'extended';

/** Bytes in the store, with their SHA-256. */
export interface StoredBytes {
  readonly key: ArtifactKey;
  readonly hash: string;
}

/** A model in the store, with the SHA-256 of its weights. */
export type StoredWeights = Pick<TrainedModel, 'modelKey' | 'weightsHash'>;

/**
 * A training in plain JSON: where it starts, its data, its objective and its schedule. Whatever decides the weights is
 * named with its hash.
 */
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
  /** Models that predict in each step, for an objective that compares with predictions on the same views. */
  readonly teachers?: readonly StoredWeights[];
  /** By teacher: which of its outputs each class is; absent if all number their classes as the data does. */
  readonly teacherOutputs?: ReadonlyArray<readonly number[]>;
  /** Leaves the labelled images out: only predictions on the unlabelled are learnt. */
  readonly withoutLabelled?: boolean;
  /** A second data set whose labelled and validation images are added; its classes have the same numbers. */
  readonly more?: DatasetRecord;
  /** Keys initial weights and noise, besides the seed; 0 by default. */
  readonly generation?: number;
  /** Networks with fewer parameters are refused. */
  readonly minimumParameters?: number;
  /** Stops at this step of the whole schedule; the checkpoint stays, for a later stop or the end. */
  readonly stopAt?: number;
}

/** Float32 [images, width], in the order of the split. */
export interface RecordedResponses {
  readonly width: number;
  /** Absent if the plan leaves the labelled images out. */
  readonly labelled?: StoredBytes;
  readonly unlabelled?: StoredBytes;
}

/**
 * Hashes of all that decides the weights of a training, by what they are of: `data`, `network`, `settings`… A
 * checkpoint of one identity never continues as another.
 */
export type TrainingIdentity = Readonly<Record<string, string>>;
