import type { Entry, FailedComparison, MethodReport, OpenedModel } from '../methods.js';
import type { ArtifactKey, DatasetRecord, Evaluation, TrainedModel } from '../records.js';

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
  readonly untrainedKey: ArtifactKey;
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

export interface TransferReport extends MethodReport, Entry {
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
