import type { Entry, FailedComparison, MethodReport } from '../methods.js';
import type { DatasetRecord, TrainedModel } from '../records.js';

/** A model on the images of one task. Shares from 0 to 1. */
export interface TaskAccuracy {
  readonly images: number;
  /** The best of the task's own classes is right: it is known which task an image is of. */
  readonly within: number;
  /** The best of all classes is right. */
  readonly overall: number;
}

/** What of the old classes is lost: accuracy before less accuracy after. */
export interface Forgetting {
  readonly within: number;
  readonly overall: number;
}

/** Before, the model knew its classes alone: there, within is overall. */
export function forgettingOf(before: TaskAccuracy, after: TaskAccuracy): Forgetting {
  return { within: before.within - after.within, overall: before.overall - after.overall };
}

/** How a model can learn new classes. */
export const EXTENSIONS = ['retention', 'fine-tuning', 'head-only', 'joint'] as const;

export type ExtensionName = (typeof EXTENSIONS)[number];

/** A model on the images of both tasks. */
export interface BothTasks {
  readonly new: TaskAccuracy;
  /** Absent where there are no images of the old classes. */
  readonly old?: TaskAccuracy;
  readonly forgetting?: Forgetting;
}

/** What one way of learning the new classes came to. */
export interface ExtensionResult {
  readonly name: ExtensionName;
  readonly model: TrainedModel;
  readonly validation: BothTasks;
  /** On the test images, where there are some. */
  readonly test?: BothTasks;
}

/** Which images tell of all tasks that were looked at: test, unless those are of the new classes alone. */
export function splitToTell([first]: readonly Pick<ExtensionResult, 'validation' | 'test'>[]):
  | 'validation'
  | 'test' {
  return first?.test && (first.test.old || !first.validation.old) ? 'test' : 'validation';
}

/** What learning more classes came to. */
export interface ExtendReport extends MethodReport, Entry {
  /** Of the new classes. */
  readonly dataset: DatasetRecord;
  /** Of the old ones, where there are images of them. */
  readonly oldDataset?: DatasetRecord;
  readonly from: string;
  readonly oldClasses: readonly string[];
  readonly newClasses: readonly string[];
  /** The model on the old classes before it learnt any more. */
  readonly before?: { readonly validation: TaskAccuracy; readonly test?: TaskAccuracy };
  /** Learning without forgetting, then what it is compared with. */
  readonly results: readonly ExtensionResult[];
  /** What it was to be compared with, too. */
  readonly failed?: readonly FailedComparison<ExtensionName>[];
  /** That has learnt without forgetting. */
  readonly model: TrainedModel;
}
