import type { ExtendConfig } from '../../domain/config/methods/extend.js';
import type { RecordedResponses } from '../../domain/fit-plan.js';
import type { BothTasks, ExtensionName } from '../../domain/methods/extend.js';
import type { OpenedModel } from '../../domain/methods.js';
import type { ArtifactKey, DatasetRecord } from '../../domain/records.js';
import type { StepInput } from '../contract.js';

export interface PrepareExtensionInput extends StepInput<ExtendConfig> {
  /** Of the new classes. */
  readonly dataset: DatasetRecord;
  readonly from: OpenedModel;
}

/** Both tasks as the widened model numbers their classes: the old ones first. */
export interface PreparedExtension {
  readonly oldClasses: readonly string[];
  readonly dataset: DatasetRecord;
  /** Images of the old classes, where there are some. */
  readonly old?: DatasetRecord;
  /** What the old model says of the new images, where that is recorded. */
  readonly responses?: RecordedResponses;
}

/** A model on both tasks, by split. */
export interface MeasuredTasks {
  readonly validation: Partial<Omit<BothTasks, 'forgetting'>>;
  readonly test: Partial<Omit<BothTasks, 'forgetting'>>;
}

export interface MeasureTasksInput extends StepInput<ExtendConfig> {
  readonly prepared: PreparedExtension;
  readonly modelKey: ArtifactKey;
  /** before: the old model, which knows the old classes alone. */
  readonly name: ExtensionName | 'before';
}

/** What extending a model asks of the trainers. */
export interface ExtendSteps {
  /** Prepares the images of the old classes, numbers the classes of both, and records what the old model says. */
  prepareExtension(input: PrepareExtensionInput): Promise<PreparedExtension>;
  /** How good a model is on each task, among the task's own classes and among all. */
  measureTasks(input: MeasureTasksInput): Promise<MeasuredTasks>;
}
