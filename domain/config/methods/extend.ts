import { z } from 'zod';
import { allDifferent } from '../all-different.js';
import { methodBase, modelReference } from '../base.js';
import { type ClassesNeeded, dataSource } from '../data.js';
import { layersConfig } from '../layers.js';
import { optimizerConfig, teacherTraining } from '../training.js';

const share = z.number().min(0).max(1);

/** Gentler than from scratch; the new classes learn alone first, so that their first errors spoil nothing below. */
const training = teacherTraining.safeExtend({
  steps: z.int().min(1).default(600).describe('Optimizer steps.'),
  optimizer: optimizerConfig.prefault({ learningRate: 0.02 }),
  labelSmoothing: z.number().min(0).max(0.9).default(0).describe('On labels.'),
  layers: layersConfig
    .safeExtend({
      backbone: z
        .number()
        .min(0)
        .max(100)
        .default(1)
        .describe('Factor on the learning rate of all layers before the last; 0 keeps them as they are.'),
      warmup: share
        .max(0.9)
        .default(0.25)
        .describe('Share of the steps in which the last layer learns alone, as in the paper’s code.'),
    })
    .prefault({}),
});

/** Images of the classes that the model knows, where there still are some. */
const oldData = z.strictObject({
  labelled: dataSource.describe(
    'Labelled images of the old classes. A part of them measures what is forgotten; of the others only joint training learns.',
  ),
  test: dataSource.optional().describe('Labelled images of the old classes that measure at the end.'),
  labelsPerClass: z
    .union([z.int().min(1), z.literal('all')])
    .default('all')
    .describe('Labelled images for each class that joint training may learn from.'),
  validationPerClass: z
    .int()
    .min(1)
    .default(100)
    .describe('Images for each class that measure what is forgotten.'),
});

/** Everything that learning more classes can be told. */
export const extendConfig = z
  .strictObject({
    ...methodBase,
    from: modelReference.describe(
      'The model that is to learn more classes; data has the new ones. Pictures are brought to its size, colour and fit unless data.image says otherwise.',
    ),
    old: oldData.optional().describe('Images of the old classes, to measure what is forgotten.'),
    temperature: z
      .number()
      .positive()
      .max(1000)
      .default(2)
      .describe('Divides the logits of the old classes where they are held to the old model’s answers.'),
    weight: z
      .number()
      .min(0)
      .max(1000)
      .default(1)
      .describe('Of the old classes’ loss: lambda_o of the paper. More keeps more and learns less.'),
    heads: z
      .enum(['separate', 'joint'])
      .default('separate')
      .describe(
        'separate: the new classes compete among themselves (the paper), for when it is known which task an image is of. joint: with the old ones too; without old images that leaves hardly any to the old ones.',
      ),
    views: z
      .enum(['same', 'recorded'])
      .default('same')
      .describe(
        'same: the old model answers to the very augmented images. recorded: once, to the clean ones (the paper).',
      ),
    compare: z
      .array(z.enum(['fine-tuning', 'head-only', 'joint']))
      .refine(allDifferent, 'expected each way once')
      .optional()
      .describe(
        'Other ways that are trained beside it: all by default, joint training only where old.labelled is given.',
      ),
    training: training.prefault({}).describe('How the new classes are learnt.'),
  })
  .superRefine(({ compare, old, training: { consistency } }, context) => {
    const problem = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (compare?.includes('joint') && !old)
      problem(['old'], 'expected the old classes’ images for joint training');
    if (consistency)
      problem(['training', 'consistency'], 'expected none: the old model’s answers are learnt');
  })
  .describe('A model learns more classes without forgetting those it knows (Li and Hoiem 2016).');

export type ExtendConfig = z.output<typeof extendConfig>;

/** The other ways that are trained for comparison. */
export function comparedWith({ compare, old }: Pick<ExtendConfig, 'compare' | 'old'>) {
  return compare ?? (['fine-tuning', 'head-only', ...(old ? ['joint' as const] : [])] as const);
}

/** One new class can be learnt where it competes with the old ones; alone it has nothing to be told from. */
export function newClassesNeeded({ heads }: Pick<ExtendConfig, 'heads'>): ClassesNeeded {
  if (heads === 'joint') return { atLeast: 1 };
  const because =
    'with heads: separate the new classes are told from each other alone: set heads to joint, which tells them from the old ones too, or add another new class';
  return { atLeast: 2, because };
}
