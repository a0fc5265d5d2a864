import { z } from 'zod';
import { modelReference, runBase } from '../config/base.js';
import { gateConfig } from '../config/gate.js';
import { layersConfig } from '../config/layers.js';
import { optimizerConfig, teacherTraining } from '../config/training.js';
import { defineMethod } from '../method.js';
import type { DatasetRecord, Evaluation, OpenedModel, TrainedModel } from '../records.js';
import type { FailedComparison, RegistryEntry, RunReport } from '../run.js';
import type { StoredWeights } from '../training-plan.js';

/** Gentler than a training from scratch: what the model knows already is to be kept. */
const fineTuning = teacherTraining.safeExtend({
  steps: z.int().min(1).default(400).describe('Optimizer steps.'),
  batchSize: z.int().min(1).max(4096).default(32).describe('Labelled images in a step.'),
  optimizer: optimizerConfig.prefault({ learningRate: 0.05 }),
  layers: layersConfig.prefault({}),
});

/** Everything that a transfer can be told. */
export const transferConfig = z
  .strictObject({
    ...runBase('transfer'),
    gate: gateConfig.prefault({}),
    from: modelReference.describe(
      'The model that goes to new classes; data has them. Pictures are brought to its size, colour and fit unless data.image says otherwise.',
    ),
    mode: z
      .enum(['auto', 'head', 'fine-tune'])
      .default('auto')
      .describe(
        'head: a new last layer on frozen features, in seconds. fine-tune: all layers learn on from there. auto: measured by the amount of labels and how far the model’s features serve.',
      ),
    weightDecays: z
      .array(z.number().positive())
      .min(1)
      .max(100)
      .default([1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0001, 0.00001])
      .describe(
        'Of the head alone, on features brought to mean 0 and deviation 1: the best on validation is kept.',
      ),
    training: fineTuning.prefault({}).describe('How all layers are fine-tuned.'),
    compareWithScratch: z
      .boolean()
      .default(false)
      .describe('Also trains the same network from random weights, to see what the model is worth here.'),
    scratch: teacherTraining.prefault({}).describe('How that network is trained.'),
  })
  .superRefine(({ training, scratch }, context) => {
    for (const [key, { consistency }] of Object.entries({ training, scratch })) {
      if (!consistency) continue;
      const message =
        'expected none: a transfer learns from labels; its model may be the teacher of a run afterwards (teacher.from)';
      context.addIssue({ code: 'custom', path: [key, 'consistency'], message });
    }
    if (!scratch.layers) return;
    const message = 'expected none: a network of random weights has nothing to keep';
    context.addIssue({ code: 'custom', path: ['scratch', 'layers'], message });
  })
  .describe('A transfer: a model is brought to other classes.');

export type TransferConfig = z.output<typeof transferConfig>;

export type TransferMode = 'head' | 'fine-tune';

/** What is known of a transfer before any layer below the last one is moved. All shares are in 0..1. */
export interface TransferMeasures {
  /** Labelled images of the rarest class. */
  readonly labelsPerClass: number;
  /** Share of the most frequent class in validation: what guessing gets. */
  readonly chance: number;
  /** Validation accuracy of a head on the model's frozen features. */
  readonly accuracy: number;
  /** The same on features of the same network with random weights. */
  readonly untrainedAccuracy: number;
  /**
   * How much alike the data sets are for the model: share of the random network's errors that its features save; 1 saves
   * all, 0 none; below 0, to -1, they are worse.
   */
  readonly similarity: number;
  /** Share of the labelled images that a head tells right at best, at any weight decay: below 1, features lack. */
  readonly trainingAccuracy: number;
  /** Where the model's training images are in the store. */
  readonly distance?: SourceDistance;
}

/** How far the new images are from those that the model was trained on, in its features. Shares from 0 to 1. */
export interface SourceDistance {
  /** New images farther from every image of the model's training than those are from their third neighbours. */
  readonly beyond: number;
  /** The same of the model's own validation images. */
  readonly ownBeyond: number;
}

/** Which way is taken, and why, in a sentence with the numbers. */
export interface TransferChoice {
  readonly mode: TransferMode;
  readonly reason: string;
}

/** A head on frozen features, as a whole model, and what was seen on the way. */
export interface HeadTransfer {
  readonly model: TrainedModel;
  readonly measures: TransferMeasures;
  /** What `auto` makes of them. */
  readonly choice: TransferChoice;
  readonly weightDecay: number;
  readonly trials: ReadonlyArray<{
    readonly weightDecay: number;
    readonly accuracy: number;
    readonly loss: number;
  }>;
  /** The network with random weights. */
  readonly untrained: StoredWeights;
}

/** Ways to new classes, as people are told of them. */
export const WAY_NAMES = { head: 'head only', 'fine-tune': 'fine-tuned', scratch: 'from scratch' } as const;

/** What one way came to. */
export interface TransferResult {
  readonly way: keyof typeof WAY_NAMES;
  readonly model: TrainedModel;
  /** Where there are test images. */
  readonly test?: Evaluation;
}

export interface TransferReport extends RunReport, RegistryEntry {
  readonly from: OpenedModel;
  readonly dataset: DatasetRecord;
  /** As asked for. */
  readonly mode: TransferMode | 'auto';
  /** What the model is, and why. */
  readonly choice: TransferChoice;
  readonly measures: TransferMeasures;
  readonly weightDecay: number;
  readonly trials: HeadTransfer['trials'];
  /** Head first, then fine-tuning and training from scratch where they were run. */
  readonly results: readonly TransferResult[];
  /** What it was to be compared with, too. */
  readonly failed?: readonly FailedComparison<'scratch'>[];
}

export const transfer = defineMethod<TransferReport>()(transferConfig);
