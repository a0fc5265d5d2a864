import { z } from 'zod';
import { augmentationConfig } from '../config/augmentation.js';
import { modelReference, runBase } from '../config/base.js';
import { dataSource } from '../config/data.js';
import { integer } from '../config/numbers.js';
import { defineMethod } from '../method.js';
import type { DatasetReference } from '../records.js';
import type { RunReport } from '../run.js';

/** The configuration of a gap report. */
export const gapConfig = z
  .strictObject({
    ...runBase('gap'),
    model: modelReference.describe(
      'The model whose features and predictions are compared: a line of models ("clothes"), one of its versions ("clothes@2"), the id of a run, or a folder with model.json.',
    ),
    real: dataSource
      .optional()
      .describe('Images from production; their labels are ignored. By default the unlabelled images.'),
    augmentation: augmentationConfig
      .prefault({})
      .describe('The augmentation to measure: how much of the gap it closes. By default that of a student.'),
    sample: integer(10, 2000)
      .default(1000)
      .describe('Images of each set to compare, drawn by seed. Time and memory grow with the square.'),
    neighbours: integer(1, 100)
      .default(3)
      .describe(
        'k of the coverage: an image is far if it is farther from each training image than that image’s k-th neighbour.',
      ),
    permutations: integer(19, 10_000)
      .default(200)
      .describe(
        'Permutations of the test whether the feature distance is more than chance. With fewer than 19, p can’t reach 0.05.',
      ),
    shown: integer(1, 500).default(40).describe('Number of least covered images to list and draw.'),
  })
  .describe('Gap report: how far the labelled images are from the real ones.');

export type GapConfig = z.output<typeof gapConfig>;

/** The distributions of an image statistic in two sets of images. */
export interface StatisticGap {
  readonly name: 'brightness' | 'contrast' | 'saturation' | 'sharpness' | 'noise';
  /** Definition and unit. */
  readonly meaning: string;
  readonly training: Moments;
  readonly real: Moments;
  /** Two-sample Kolmogorov-Smirnov: the largest difference of the distribution functions, from 0 to 1. */
  readonly statistic: number;
  readonly pValue: number;
  /** Shares of the images in bins of equal width between `from` and `to`; the outer bins are open. */
  readonly histogram: {
    readonly from: number;
    readonly to: number;
    readonly training: readonly number[];
    readonly real: readonly number[];
  };
}

export interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/** The distance of a set of images to the training images in a model's feature space. */
export interface FeatureGap {
  readonly images: number;
  /** Unbiased MMD² (Gaussian kernel), which may fall below 0. */
  readonly mmdSquared: number;
  /** p of the permutation test. */
  readonly mmdPValue: number;
  readonly frechet: number;
  /** Fréchet distance of a random split of all images: its value without a gap at this sample size. */
  readonly frechetByChance: number;
  /** Share of the images that are farther from every training image than that image's k-th training neighbour. */
  readonly uncovered: number;
}

/** A real image far from all training images. */
export interface UncoveredImage {
  /** Position among the real images. */
  readonly position: number;
  /** Position of the nearest training image. */
  readonly nearest: number;
  readonly distance: number;
  /** Least ratio of the distance to a training image to that image's radius (its k-th neighbour); above 1 is far. */
  readonly farness: number;
  /** Most probable class. */
  readonly guess: number;
  readonly confidence: number;
}

/** Class shares of the labels, and of a model's predictions for the real images. */
export interface ClassBalance {
  readonly labelled: readonly number[];
  /** Mean of the calibrated probabilities. */
  readonly expected: readonly number[];
  /** Shares of the most probable classes. */
  readonly predicted: readonly number[];
  /** Total variation distance of labelled and expected, 0 to 1: the share of images that would have to change class. */
  readonly totalVariation: number;
}

/** How far the labelled images are from the real ones. */
export interface Gap {
  /** All labelled images; then the numbers of compared training and real images, drawn by seed. */
  readonly labelled: number;
  readonly training: number;
  readonly real: number;
  readonly classes: ClassBalance;
  readonly statistics: readonly StatisticGap[];
  readonly features: {
    readonly width: number;
    /** Bandwidth of MMD's kernel: the median distance of training and real images. */
    readonly bandwidth: number;
    readonly neighbours: number;
    /** Real images to training images. */
    readonly clean: FeatureGap;
    /** Real images to augmented training images. */
    readonly augmented: FeatureGap;
    /** Validation to training images: the baseline without a gap. */
    readonly reference: FeatureGap;
    /**
     * Share of each distance above the reference (for Fréchet, above chance) that augmentation removes; negative if it
     * adds to it. Null if the distance may be chance (MMD's p above 0.05).
     */
    readonly closed: {
      readonly mmd: number | null;
      readonly frechet: number | null;
      readonly uncovered: number | null;
    };
  };
  /** Farthest first. */
  readonly leastCovered: readonly UncoveredImage[];
}

export interface GapReport extends RunReport {
  /** The model, as in the configuration. */
  readonly seenBy: string;
  readonly classNames: readonly string[];
  /** The labelled and validation images. */
  readonly dataset: DatasetReference;
  /** The data set whose unlabelled images are the real ones. */
  readonly realDataset: DatasetReference;
  readonly gap: Omit<Gap, 'leastCovered'> & { readonly leastCovered: readonly NamedUncovered[] };
}

export type NamedUncovered = UncoveredImage & { readonly path: string; readonly nearestPath: string };

export const gap = defineMethod<GapReport>()(gapConfig);
