import type { DistillConfig } from '../../domain/config/methods/distill.js';
import type { RecordedResponses } from '../../domain/fit-plan.js';
import type { DistillReport } from '../../domain/methods/distill.js';
import type { OpenedModel } from '../../domain/methods.js';
import type { ArtifactKey, DatasetRecord, Evaluation, TrainedModel } from '../../domain/records.js';
import type { StepInput } from '../contract.js';

export interface AskTeachersInput extends StepInput<DistillConfig> {
  readonly dataset: DatasetRecord;
  readonly teachers: readonly OpenedModel[];
}

/** What the teachers say together. */
export interface AskedTeachers {
  /** On the images to learn on, where answers are recorded. */
  readonly responses?: RecordedResponses;
  readonly validation: Evaluation;
  /** Of the network that is to be trained; absent in work from before it was counted. */
  readonly studentParameters?: number;
  /** Float32 [images, classes] probabilities by split, where it has images. */
  readonly predictionKeys: Readonly<Partial<Record<'validation' | 'test', ArtifactKey>>>;
}

export interface MeasureCompressionInput extends AskTeachersInput {
  readonly asked: AskedTeachers;
  readonly student: Pick<TrainedModel, 'modelKey'>;
}

/** What a distillation asks of the trainers. */
export interface DistillSteps {
  /** Measures the teachers, and records what they say of the images to learn on where that is wanted. */
  askTeachers(input: AskTeachersInput): Promise<AskedTeachers>;
  /** The student beside its teachers: size, speed, accuracy, agreement. */
  measureCompression(input: MeasureCompressionInput): Promise<Pick<DistillReport, 'validation' | 'test'>>;
}
