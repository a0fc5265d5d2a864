import { z } from 'zod';
import { modelReference, runBase } from '../config/base.js';
import { gateConfig } from '../config/gate.js';
import { layersConfig } from '../config/layers.js';
import { integer } from '../config/numbers.js';
import { optimizerConfig, teacherTraining } from '../config/training.js';
import { defineMethod } from '../method.js';
import type { DatasetRecord, Evaluation, OpenedModel, TrainedModel } from '../records.js';
import type { FailedComparison, GateResult, RunReport } from '../run.js';
import type { StoredWeights } from '../training-plan.js';

/** Lower rates than a training from scratch, to preserve the learned features. */
const fineTuning = teacherTraining.safeExtend({
  steps: integer(1).default(400).describe('Optimizer steps.'),
  batchSize: integer(1, 4096).default(32).describe('Labelled images in a step.'),
  optimizer: optimizerConfig.prefault({ learningRate: 0.05 }),
  layers: layersConfig.prefault({}),
});

/** The configuration of a transfer. */
export const transferConfig = z
  .strictObject({
    ...runBase('transfer'),
    gate: gateConfig.prefault({}),
    from: modelReference.describe(
      'The model to transfer; data has images of the new classes. Images get its size, colour and fit unless data.image sets others.',
    ),
    mode: z
      .enum(['auto', 'head', 'fine-tune'])
      .default('auto')
      .describe(
        'head: a new last layer on frozen features, in seconds. fine-tune: trains all layers after that. auto: decides by the number of labels and how useful the model’s features are.',
      ),
    weightDecays: z
      .array(z.number().positive())
      .min(1)
      .max(100)
      .default([1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0001, 0.00001])
      .describe(
        'Weight decays to try for the head, on standardised features; the best on validation is used.',
      ),
    training: fineTuning.prefault({}).describe('Training of all layers.'),
    compareWithScratch: z
      .boolean()
      .default(false)
      .describe('Also trains the same network from random weights, for comparison.'),
    scratch: teacherTraining.prefault({}).describe('Training from random weights.'),
  })
  .superRefine(({ training, scratch }, context) => {
    for (const [key, { consistency }] of Object.entries({ training, scratch })) {
      if (!consistency) continue;
      const message =
        'expected none: a transfer learns from labels only; its model can be the teacher of a run (teacher.from)';
      context.addIssue({ code: 'custom', path: [key, 'consistency'], message });
    }
    if (!scratch.layers) return;
    const message = 'expected none: these settings are for pretrained networks';
    context.addIssue({ code: 'custom', path: ['scratch', 'layers'], message });
  })
  .describe('Transfer of a model to other classes.');

export type TransferConfig = z.output<typeof transferConfig>;

export type TransferMode = 'head' | 'fine-tune';

/** Measurements that choose between head and fine-tuning. All shares are in 0..1. */
export interface TransferMeasures {
  /** Labelled images of the rarest class. */
  readonly labelsPerClass: number;
  /** Share of the most frequent class in validation: the accuracy of guessing. */
  readonly chance: number;
  /** Validation accuracy of a head on the model's frozen features. */
  readonly accuracy: number;
  /** Validation accuracy of a head on features of the same network with random weights. */
  readonly untrainedAccuracy: number;
  /**
   * Similarity of the data sets for the model: share of the random network's errors that the model's features avoid;
   * 1 is all, 0 none, negative (to -1) more errors.
   */
  readonly similarity: number;
  /** Best training accuracy of a head at any weight decay; below 1, the features are insufficient. */
  readonly trainingAccuracy: number;
  /** Present if the model's training images are in the store. */
  readonly distance?: SourceDistance;
}

/** Distance of the new images to the model's training images in its feature space. Shares from 0 to 1. */
export interface SourceDistance {
  /** Share of new images that are farther from every training image than that image's third neighbour. */
  readonly beyond: number;
  /** The same share of the model's own validation images. */
  readonly ownBeyond: number;
}

export interface TransferChoice {
  readonly mode: TransferMode;
  /** A sentence with the measurements. */
  readonly reason: string;
}

/** A model with a new head on frozen features, and the measurements. */
export interface HeadTransfer {
  readonly model: TrainedModel;
  readonly measures: TransferMeasures;
  /** The choice of `auto`. */
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

/** Display names of the approaches. */
export const WAY_NAMES = { head: 'head only', 'fine-tune': 'fine-tuned', scratch: 'from scratch' } as const;

export interface TransferResult {
  readonly way: keyof typeof WAY_NAMES;
  readonly model: TrainedModel;
  /** Absent without test images. */
  readonly test?: Evaluation;
}

export interface TransferReport extends RunReport, GateResult {
  readonly from: OpenedModel;
  readonly dataset: DatasetRecord;
  /** As configured. */
  readonly mode: TransferMode | 'auto';
  readonly choice: TransferChoice;
  readonly measures: TransferMeasures;
  readonly weightDecay: number;
  readonly trials: HeadTransfer['trials'];
  /** Head, then fine-tuning and training from scratch if they were run. */
  readonly results: readonly TransferResult[];
  readonly failed?: readonly FailedComparison<'scratch'>[];
}

export const transfer = defineMethod<TransferReport>()(transferConfig);
