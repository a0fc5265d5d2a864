import { z } from 'zod';
import { allDifferent } from '../config/all-different.js';
import { modelReference, runBase } from '../config/base.js';
import { type ClassesNeeded, dataSource } from '../config/data.js';
import { gateConfig } from '../config/gate.js';
import { layersConfig } from '../config/layers.js';
import { optimizerConfig, teacherTraining } from '../config/training.js';
import { defineMethod } from '../method.js';
import type { DatasetRecord, TrainedModel } from '../records.js';
import type { FailedComparison, RegistryEntry, RunReport } from '../run.js';

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
    ...runBase('extend'),
    gate: gateConfig.prefault({}),
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
export function reportedSplit([first]: readonly Pick<ExtensionResult, 'validation' | 'test'>[]):
  | 'validation'
  | 'test' {
  return first?.test && (first.test.old || !first.validation.old) ? 'test' : 'validation';
}

/** What learning more classes came to. */
export interface ExtendReport extends RunReport, RegistryEntry {
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

export const extend = defineMethod<ExtendReport>()(extendConfig);
