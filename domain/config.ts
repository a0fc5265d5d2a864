import { z } from 'zod';
import { runBase } from './config/base.js';
import { modelSpec } from './config/model.js';
import { pseudoLabelConfig } from './config/pseudo-labels.js';
import { studentTraining, teacherTraining } from './config/training.js';

/** Everything that a run can be told. A file holds only what deviates from these defaults. */
export const runConfig = z
  .strictObject({
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
      .describe('Networks by generation, teacher first; the last one serves all later generations.'),
    teacher: teacherTraining.prefault({}).describe('How generation 0 is trained.'),
    student: studentTraining.prefault({}).describe('How every later generation is trained.'),
    pseudoLabels: pseudoLabelConfig.prefault({}),
    calibration: z
      .enum(['temperature', 'none'])
      .default('temperature')
      .describe(
        'What the confidence of pseudo-labels is. temperature: how often a teacher is right, as its temperature has learned from validation (Guo et al. 2017). none: what its network says.',
      ),
  })
  .describe('A noisy-student run of Apprentice.');

/** A configuration with all defaults filled in. */
export type RunConfig = z.output<typeof runConfig>;

/** What a person writes: only the deviations. */
export type RunConfigInput = z.input<typeof runConfig>;
