import { z } from 'zod';
import { runBase } from './config/base.js';
import { modelSpec } from './config/model.js';
import { pseudoLabelConfig } from './config/pseudo-labels.js';
import { refuseTrainingBesideFrom, runTeacher } from './config/run-teacher.js';
import { studentTraining } from './config/training.js';

/** A configuration on its way through a run: its defaults are those of when it began. */
export const begunRunConfig = z.strictObject({
  ...runBase,
  generations: z
    .int()
    .min(0)
    .max(100)
    .default(2)
    .describe('How many students are trained after the teacher.'),
  models: z
    .array(modelSpec)
    .min(1)
    .prefault([
      { kind: 'residual', width: 16, blocksPerStage: 1 },
      { kind: 'residual', width: 24, blocksPerStage: 1 },
      { kind: 'residual', width: 32, blocksPerStage: 1 },
    ])
    .describe(
      'Networks by generation, teacher first; the last one serves all later generations. With teacher.from the first is not used, unless it is the only one.',
    ),
  teacher: runTeacher
    .prefault({})
    .describe('How generation 0 is trained, or which model it is instead (from).'),
  student: studentTraining.prefault({}).describe('How every later generation is trained.'),
  pseudoLabels: pseudoLabelConfig.prefault({}),
  calibration: z
    .enum(['temperature', 'none'])
    .default('temperature')
    .describe(
      'What the confidence of pseudo-labels is. temperature: how often a teacher is right, as its temperature has learned from validation (Guo et al. 2017). none: what its network says.',
    ),
});

/** Everything that a run can be told. A file holds only what deviates from these defaults. */
export const runConfig = begunRunConfig
  .superRefine(({ teacher }, context) => refuseTrainingBesideFrom(teacher, context))
  .describe('A noisy-student run of Apprentice.');

/** A configuration with all defaults filled in. */
export type RunConfig = z.output<typeof runConfig>;

/** What a person writes: only the deviations. */
export type RunConfigInput = z.input<typeof runConfig>;
