import { z } from 'zod';
import { allDifferent } from '../config/all-different.js';
import { modelReference, runBase } from '../config/base.js';
import { type ClassesNeeded, dataSource } from '../config/data.js';
import { gateConfig } from '../config/gate.js';
import { layersConfig } from '../config/layers.js';
import { integer, number } from '../config/numbers.js';
import { optimizerConfig, teacherTraining } from '../config/training.js';
import { defineMethod } from '../method.js';
import type { DatasetRecord, TrainedModel } from '../records.js';
import type { FailedComparison, GateResult, RunReport } from '../run.js';

const share = number(0, 1);

/** Lower rates than from scratch, and a warm-up of the last layer, so that initial errors don't damage the layers below. */
const training = teacherTraining.safeExtend({
  steps: integer(1).default(600).describe('Optimizer steps.'),
  optimizer: optimizerConfig.prefault({ learningRate: 0.02 }),
  labelSmoothing: number(0, 0.9).default(0).describe('Applies to labels.'),
  layers: layersConfig
    .safeExtend({
      backbone: number(0, 100)
        .default(1)
        .describe('Factor on the learning rate of all layers before the last; 0 freezes them.'),
      warmup: share
        .max(0.9)
        .default(0.25)
        .describe('Share of the steps in which only the last layer is trained, as in the paper’s code.'),
    })
    .prefault({}),
});

const oldData = z.strictObject({
  labelled: dataSource.describe(
    'Labelled images of the old classes. validationPerClass of them measure forgetting; only joint training learns from the others.',
  ),
  test: dataSource
    .optional()
    .describe('Labelled test images of the old classes, which are evaluated at the end.'),
  labelsPerClass: z
    .union([integer(1), z.literal('all')])
    .default('all')
    .describe('Labelled images for each class for joint training.'),
  validationPerClass: integer(1).default(100).describe('Images for each class that measure forgetting.'),
});

/** The configuration of an extension. */
export const extendConfig = z
  .strictObject({
    ...runBase('extend'),
    gate: gateConfig.prefault({}),
    from: modelReference.describe(
      'The model that learns more classes; data has images of the new ones. Images get its size, colour and fit unless data.image sets others.',
    ),
    old: oldData.optional().describe('Images of the old classes, to measure forgetting.'),
    temperature: z
      .number()
      .positive()
      .max(1000)
      .default(2)
      .describe(
        'Divides the logits of the old classes in the loss that retains the old model’s predictions.',
      ),
    weight: number(0, 1000)
      .default(1)
      .describe(
        'Weight of the old classes’ loss (lambda_o of the paper). A higher one forgets less and learns less.',
      ),
    heads: z
      .enum(['separate', 'joint'])
      .default('separate')
      .describe(
        'separate: a softmax over the new classes (the paper), for images whose task is known. joint: a softmax over all classes; without old images, hardly any image is then classified as an old class.',
      ),
    views: z
      .enum(['same', 'recorded'])
      .default('same')
      .describe(
        'same: the old model predicts the augmented images in each step. recorded: it predicts the clean images once (the paper).',
      ),
    compare: z
      .array(z.enum(['fine-tuning', 'head-only', 'joint']))
      .refine(allDifferent, 'expected each way once')
      .optional()
      .describe('Other approaches to train for comparison; by default all, joint only if old is given.'),
    training: training.prefault({}).describe('Training of the new classes.'),
  })
  .superRefine(({ compare, old, training: { consistency } }, context) => {
    const problem = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (compare?.includes('joint') && !old)
      problem(['old'], 'expected the old classes’ images for joint training');
    if (consistency)
      problem(['training', 'consistency'], 'expected none: the targets are the old model’s predictions');
  })
  .describe('Extension of a model by new classes without forgetting the old ones (Li and Hoiem 2016).');

export type ExtendConfig = z.output<typeof extendConfig>;

/** The other approaches to train for comparison. */
export function comparedWith({ compare, old }: Pick<ExtendConfig, 'compare' | 'old'>) {
  return compare ?? (['fine-tuning', 'head-only', ...(old ? ['joint' as const] : [])] as const);
}

/** With separate heads, a single new class would have no other class to be distinguished from. */
export function newClassesNeeded({ heads }: Pick<ExtendConfig, 'heads'>): ClassesNeeded {
  if (heads === 'joint') return { atLeast: 1 };
  const because =
    'with heads: separate, new classes are distinguished only from each other: set heads to joint, or add another new class';
  return { atLeast: 2, because };
}

/** Accuracies on the images of one task, from 0 to 1. */
export interface TaskAccuracy {
  readonly images: number;
  /** Accuracy among the task's own classes, for images whose task is known. */
  readonly within: number;
  /** Accuracy among all classes. */
  readonly overall: number;
}

/** Accuracy on the old classes before minus after. */
export interface Forgetting {
  readonly within: number;
  readonly overall: number;
}

export function forgettingOf(before: TaskAccuracy, after: TaskAccuracy): Forgetting {
  return { within: before.within - after.within, overall: before.overall - after.overall };
}

/** An approach to learning new classes; retention is learning without forgetting. */
export type ExtensionName = 'retention' | 'fine-tuning' | 'head-only' | 'joint';

/** Accuracies on both tasks. */
export interface BothTasks {
  readonly new: TaskAccuracy;
  /** Absent without images of the old classes. */
  readonly old?: TaskAccuracy;
  readonly forgetting?: Forgetting;
}

/** The result of one approach. */
export interface ExtensionResult {
  readonly name: ExtensionName;
  readonly model: TrainedModel;
  readonly validation: BothTasks;
  /** Absent without test images. */
  readonly test?: BothTasks;
}

/** The split to report: test, unless it lacks the old classes and validation has them. */
export function reportedSplit([first]: readonly Pick<ExtensionResult, 'validation' | 'test'>[]):
  | 'validation'
  | 'test' {
  return first?.test && (first.test.old || !first.validation.old) ? 'test' : 'validation';
}

export interface ExtendReport extends RunReport, GateResult {
  /** Images of the new classes. */
  readonly dataset: DatasetRecord;
  /** Images of the old classes, if there are any. */
  readonly oldDataset?: DatasetRecord;
  readonly from: string;
  readonly oldClasses: readonly string[];
  readonly newClasses: readonly string[];
  /** The old model on the old classes. */
  readonly before?: { readonly validation: TaskAccuracy; readonly test?: TaskAccuracy };
  /** Retention first, then the comparisons. */
  readonly results: readonly ExtensionResult[];
  readonly failed?: readonly FailedComparison<ExtensionName>[];
  /** The model of retention. */
  readonly model: TrainedModel;
}

export const extend = defineMethod<ExtendReport>()(extendConfig);
