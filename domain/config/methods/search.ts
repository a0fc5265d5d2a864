import { z } from 'zod';
import { methodBase } from '../base.js';
import { modelSpec } from '../model.js';
import { teacherTraining } from '../training.js';
import { searchSpace } from './search-space.js';

/** Which trials train on, and how far (Jamieson and Talwalkar 2016; the names are Hyperband's, Li et al. 2018). */
const halving = z.strictObject({
  eta: z
    .number()
    .min(2)
    .max(100)
    .default(3)
    .describe('At each rung one in so many trials goes on, for so many times the steps.'),
  rungs: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('The last one is the whole training; 1 trains every trial to its end.'),
});

/** Everything that a search for an augmentation policy can be told. */
export const searchConfig = z
  .strictObject({
    ...methodBase,
    model: modelSpec.prefault({ kind: 'residual', width: 16, blocksPerStage: 1 }),
    training: teacherTraining
      .prefault({})
      .describe(
        'How every trial is trained. Its augmentation is what the space is to better: it is trial 0.',
      ),
    space: searchSpace.prefault({ kind: 'grid' }),
    trials: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe(
        'Policies to try beside the training’s own: 24 of a random space; of a grid all, or so many drawn from it.',
      ),
    halving: halving.prefault({}),
    parallel: z
      .int()
      .min(1)
      .max(1000)
      .default(8)
      .describe('Trials begun at once; those that find no trainer free wait for one.'),
  })
  .superRefine(({ training: { steps }, halving: { eta, rungs } }, context) => {
    if (steps / eta ** (rungs - 1) >= 1) return;
    const most = 1 + Math.floor(Math.log(steps) / Math.log(eta));
    const message = `expected at most ${most}: a training of ${steps} steps can't be cut by ${eta} more often`;
    context.addIssue({ code: 'custom', path: ['halving', 'rungs'], message });
  })
  .describe('A search for the best augmentation policy.');

export type SearchConfig = z.output<typeof searchConfig>;
export type HalvingConfig = SearchConfig['halving'];
