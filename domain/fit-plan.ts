import type { ModelSpec } from './config/model.js';
import type { TrainingSpec } from './config/training.js';
import type { ObjectiveSpec } from './objective-spec.js';
import type { ArtifactKey, DatasetRecord } from './records.js';

/** What becomes of the last weighted layer of a model that is trained further. */
export type HeadPlan =
  /** As it is: the same classes. */
  | 'kept'
  /** A fresh one. */
  | 'new'
  /** The old classes as they are, fresh ones after them. */
  | 'extended';

/** A training in plain JSON: what it starts from, what it makes smaller, and how. */
export interface FitPlan {
  /** The model's folder within its run, for example `student` or `trial-3`. */
  readonly name: string;
  readonly dataset: DatasetRecord;
  readonly model:
    | ModelSpec
    | { readonly kind: 'stored'; readonly modelKey: ArtifactKey; readonly head: HeadPlan };
  readonly training: TrainingSpec;
  /** Cross-entropy of labels and pseudo-labels where absent. */
  readonly objective?: ObjectiveSpec;
  /** Selected pseudo-labels, as learning/pseudo-labels/pack.ts has them. */
  readonly pseudoLabelsKey?: ArtifactKey;
  /** What other models said of the images, see {@link RecordedResponses}. */
  readonly responses?: RecordedResponses;
  /** Models that answer in each step, where the objective compares with answers to the same views. */
  readonly teacherKeys?: readonly ArtifactKey[];
  /** Which output of each of them each class is; absent where all number their classes as the data does. */
  readonly teacherOutputs?: ReadonlyArray<readonly number[]>;
  /** The labelled images are left out: what other models say of the unlabelled is learnt alone. */
  readonly withoutLabelled?: boolean;
  /** More labelled and validation images, of a data set whose classes are numbered alike. */
  readonly more?: DatasetRecord;
  /** Keys initial weights and noise, besides the seed; 0 by default. */
  readonly generation?: number;
  /** Fewer parameters are refused. */
  readonly minimumParameters?: number;
  /** Stops at this step of the whole schedule; its checkpoint stays, for a later stop or the end. */
  readonly stopAt?: number;
}

/** Float32 [images, width], in the order of the split. */
export interface RecordedResponses {
  readonly width: number;
  /** Absent where the plan leaves the labelled images out. */
  readonly labelledKey?: ArtifactKey;
  readonly unlabelledKey?: ArtifactKey;
}
