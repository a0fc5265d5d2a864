import { z } from 'zod';
import { allDifferent } from '../config/all-different.js';
import { modelReference, runBase } from '../config/base.js';
import { gateConfig } from '../config/gate.js';
import { modelSpec } from '../config/model.js';
import { modelNoise, studentTraining } from '../config/training.js';
import { defineMethod } from '../method.js';
import type { DatasetRecord, Evaluation, TrainedModel } from '../records.js';
import type { RegistryEntry, RunReport } from '../run.js';

const share = z.number().min(0).max(1);

/** A small network has little to spare: it is noised by its images alone unless told otherwise. */
const training = studentTraining.safeExtend({
  steps: z.int().min(1).default(2000).describe('Optimizer steps.'),
  ...modelNoise(0),
  unlabelledRatio: z
    .number()
    .min(0)
    .max(32)
    .default(3)
    .describe(
      'Unlabelled images in a step, as a multiple of batchSize, the labelled ones; of no effect with from: labels.',
    ),
});

/** Everything that a distillation can be told. */
export const distillConfig = z
  .strictObject({
    ...runBase('distill'),
    gate: gateConfig.prefault({}),
    teachers: z
      .array(modelReference)
      .min(1)
      .refine(allDifferent, 'expected each teacher once')
      .describe(
        'Models to learn from, whose classes are those of the data in any order; of several, the mean of what they say. Pictures are brought to the first one’s size, colour and fit unless data.image says otherwise.',
      ),
    model: modelSpec.prefault({ kind: 'residual', width: 8, blocksPerStage: 1 }).describe('The student.'),
    alpha: share
      .default(0.1)
      .describe(
        'Share of the labels’ loss; the teachers’ answers have the rest. Of no effect from: unlabelled.',
      ),
    temperature: z
      .number()
      .positive()
      .max(1000)
      .default(4)
      .describe(
        'Divides the logits of teachers and student; higher shows more of the less probable classes.',
      ),
    targets: z
      .enum(['soft', 'hard'])
      .default('soft')
      .describe('What is learnt of the teachers: their probabilities, or their most probable class alone.'),
    from: z
      .enum(['labels', 'unlabelled', 'both'])
      .default('both')
      .describe('Images to learn on: the labelled, the unlabelled alone (mimicry), or both.'),
    views: z
      .enum(['same', 'recorded'])
      .default('same')
      .describe(
        'same: the teachers answer to the very augmented images that the student sees (Beyer et al. 2022). recorded: once, to the clean ones, which costs less.',
      ),
    features: z
      .strictObject({
        weight: z
          .number()
          .positive()
          .max(1e6)
          .default(1000)
          .describe('Of the features’ distance in the loss.'),
      })
      .optional()
      .describe(
        'Learn from the first teacher’s features too which images are alike (Tung and Mori 2019); needs views: same.',
      ),
    training: training.prefault({}).describe('How the student is trained.'),
  })
  .superRefine(({ features, views, from, training }, context) => {
    const problem = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (features && views !== 'same') problem(['views'], 'expected "same" with features');
    if (from !== 'labels' && Math.round(training.batchSize * training.unlabelledRatio) === 0) {
      problem(
        ['training', 'unlabelledRatio'],
        `expected at least one unlabelled image in a step of ${training.batchSize} labelled ones, or from: labels`,
      );
    }
    if (training.consistency) {
      problem(['training', 'consistency'], 'expected none: a student learns from its teachers’ answers');
    }
  })
  .describe('A distillation: a smaller model learns from larger ones.');

export type DistillConfig = z.output<typeof distillConfig>;

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
export interface DistillReport extends RunReport, RegistryEntry {
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

export const distill = defineMethod<DistillReport>()(distillConfig);
