import type { Entry, MethodReport } from '../methods.js';
import type { DatasetRecord, Evaluation, TrainedModel } from '../records.js';

/** What of a model matters to whoever wants a smaller one. */
export interface CompressionOfModel {
  readonly parameters: number;
  /** Of its files on disk: the weights, and what the network is. */
  readonly bytes: number;
  /** Images that it classifies in a second, on the machine that measured. */
  readonly imagesPerSecond: number;
  readonly accuracy: number;
}

/** A student beside its teacher, on the same images. */
export interface Compression {
  readonly teacher: CompressionOfModel;
  readonly student: CompressionOfModel;
  readonly images: number;
  /** How many times fewer parameters, and bytes, the student has, and how many times faster it is. */
  readonly parameterRatio: number;
  readonly sizeRatio: number;
  readonly speedRatio: number;
  /** Share of the images of which both say the same. */
  readonly agreement: number;
  /** The student's accuracy as a share of the teacher's, and the difference. */
  readonly accuracyKept: number;
  readonly accuracyLost: number;
}

/** What a distillation came to. */
export interface DistillReport extends MethodReport, Entry {
  readonly dataset: DatasetRecord;
  /** As they were named. */
  readonly teachers: readonly string[];
  /** The student. */
  readonly model: TrainedModel;
  /** Of the teachers together. */
  readonly teacherValidation: Evaluation;
  readonly validation: Compression;
  /** On the test images, where there are some. */
  readonly test?: Compression;
}
