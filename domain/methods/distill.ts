import { z } from 'zod';
import { allDifferent } from '../config/all-different.js';
import { modelReference, runBase } from '../config/base.js';
import { gateConfig } from '../config/gate.js';
import { modelSpec } from '../config/model.js';
import { integer, number } from '../config/numbers.js';
import { modelNoise, studentTraining } from '../config/training.js';
import { defineMethod } from '../method.js';
import type { DatasetRecord, Evaluation, TrainedModel } from '../records.js';
import type { GateResult, RunReport } from '../run.js';

const share = number(0, 1);

/** A small network gets noise from image augmentation only, by default. */
const training = studentTraining.safeExtend({
  steps: integer(1).default(2000).describe('Optimizer steps.'),
  ...modelNoise(0),
  unlabelledRatio: number(0, 32)
    .default(3)
    .describe('Unlabelled images for each labelled one in a step. Has no effect with learnFrom: labels.'),
});

/** The configuration of a distillation. */
export const distillConfig = z
  .strictObject({
    ...runBase('distill'),
    gate: gateConfig.prefault({}),
    teachers: z
      .array(modelReference)
      .min(1)
      .refine(allDifferent, 'expected each teacher once')
      .describe(
        'Models to learn from; several teach by their mean prediction. They must have the data’s classes, in any order. Images get the first one’s size, colour and fit unless data.image sets others.',
      ),
    model: modelSpec.prefault({ kind: 'residual', width: 8, blocksPerStage: 1 }).describe('The student.'),
    alpha: share
      .default(0.1)
      .describe(
        'Weight of the labels’ loss; the loss of the teachers’ predictions has the rest. Has no effect with learnFrom: unlabelled.',
      ),
    temperature: z
      .number()
      .positive()
      .max(1000)
      .default(4)
      .describe(
        'Divides the logits of teachers and student; a higher one gives less probable classes more weight.',
      ),
    targets: z
      .enum(['soft', 'hard'])
      .default('soft')
      .describe('Targets: soft is the teachers’ probabilities, hard their most probable class.'),
    learnFrom: z
      .enum(['labels', 'unlabelled', 'both'])
      .default('both')
      .describe('Images to learn from: the labelled ones, only the unlabelled ones (mimicry), or both.'),
    views: z
      .enum(['same', 'recorded'])
      .default('same')
      .describe(
        'same: the teachers predict the augmented images of the student in each step (Beyer et al. 2022). recorded: they predict the clean images once, which costs less.',
      ),
    features: z
      .strictObject({
        weight: z
          .number()
          .positive()
          .max(1e6)
          .default(1000)
          .describe('Weight of the features’ distance in the loss.'),
      })
      .optional()
      .describe(
        'Also learns the similarities of images in the first teacher’s features (Tung and Mori 2019); needs views: same.',
      ),
    training: training.prefault({}).describe('How the student is trained.'),
  })
  .superRefine(({ features, views, learnFrom, training }, context) => {
    const problem = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (features && views !== 'same') problem(['views'], 'expected "same" with features');
    if (learnFrom !== 'labels' && Math.round(training.batchSize * training.unlabelledRatio) === 0) {
      problem(
        ['training', 'unlabelledRatio'],
        `expected at least one unlabelled image in a step of ${training.batchSize} labelled ones, or learnFrom: labels`,
      );
    }
    if (training.consistency) {
      problem(['training', 'consistency'], 'expected none: the targets are the teachers’ predictions');
    }
  })
  .describe('Distillation: a smaller model learns from larger ones.');

export type DistillConfig = z.output<typeof distillConfig>;

/** Size, speed and accuracy of a model. */
export interface ModelMeasures {
  readonly parameters: number;
  /** Size of its two files. */
  readonly bytes: number;
  /** Speed on the machine that measured. */
  readonly imagesPerSecond: number;
  readonly accuracy: number;
}

/** A comparison of student and teacher on the same images. */
export interface Compression {
  readonly teacher: ModelMeasures;
  readonly student: ModelMeasures;
  readonly images: number;
  /** Parameters and bytes of the teacher divided by the student's, and the student's speed divided by the teacher's. */
  readonly parameterRatio: number;
  readonly sizeRatio: number;
  readonly speedRatio: number;
  /** Share of the images with the same prediction. */
  readonly agreement: number;
  /** The student's accuracy as a share of the teacher's, and the difference. */
  readonly accuracyKept: number;
  readonly accuracyLost: number;
}

export interface DistillReport extends RunReport, GateResult {
  readonly dataset: DatasetRecord;
  /** As in the configuration. */
  readonly teachers: readonly string[];
  /** The student. */
  readonly model: TrainedModel;
  /** Evaluation of the mean prediction of all teachers. */
  readonly teacherValidation: Evaluation;
  readonly validation: Compression;
  /** Absent without test images. */
  readonly test?: Compression;
}

export const distill = defineMethod<DistillReport>()(distillConfig);
