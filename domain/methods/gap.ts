import { z } from 'zod';
import { augmentationConfig } from '../config/augmentation.js';
import { modelReference, runBase } from '../config/base.js';
import { dataSource } from '../config/data.js';
import { defineMethod } from '../method.js';
import type { DatasetReference } from '../records.js';
import type { RunReport } from '../run.js';

/** What a gap report can be told. */
export const gapConfig = z
  .strictObject({
    ...runBase('gap'),
    model: modelReference.describe(
      'Whose features and predictions are compared: a line of models ("clothes"), one of its versions ("clothes@2"), the id of a run, or a folder with model.json.',
    ),
    real: dataSource
      .optional()
      .describe(
        'Images as the model will meet them; their labels are not looked at. The unlabelled by default.',
      ),
    augmentation: augmentationConfig
      .prefault({})
      .describe('What is asked how much of the gap it closes; that of a student by default.'),
    sample: z
      .int()
      .min(10)
      .max(2000)
      .default(1000)
      .describe('Images of each set that are compared, drawn by seed; time and memory grow with the square.'),
    neighbours: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe('k of the coverage: an image is far that lies outside each training image’s k-th neighbour.'),
    permutations: z
      .int()
      .min(19)
      .max(10_000)
      .default(200)
      .describe(
        'Of the test whether the feature distance is more than chance. Below 19 its p could never be 0.05, and any gap would pass for chance.',
      ),
    shown: z.int().min(1).max(500).default(40).describe('Least covered images that are named and drawn.'),
  })
  .describe('A gap report of Apprentice: how far the labelled images are from the real ones.');

/** A configuration with all defaults filled in. */
export type GapConfig = z.output<typeof gapConfig>;

/** How a statistic of images is distributed over two sets of them. */
export interface StatisticGap {
  readonly name: 'brightness' | 'contrast' | 'saturation' | 'sharpness' | 'noise';
  /** What it is, and its unit. */
  readonly meaning: string;
  readonly training: Moments;
  readonly real: Moments;
  /** Two-sample Kolmogorov-Smirnov: the largest difference of the distribution functions, from 0 to 1. */
  readonly statistic: number;
  readonly pValue: number;
  /** Shares of the images in bins of equal width between `from` and `to`; the outer ones have what lies beyond, too. */
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

/** How far a set of images is from the training images in a model's feature space. */
export interface FeatureGap {
  readonly images: number;
  /** Unbiased MMD² (Gaussian kernel), which may fall below 0. */
  readonly mmdSquared: number;
  /** Of the permutation test. */
  readonly mmdPValue: number;
  readonly frechet: number;
  /** The same of both sets' images, dealt out at random: what so few images come to without any gap. */
  readonly frechetByChance: number;
  /** Share of the images that are farther from every training image than its k-th neighbour among those is. */
  readonly uncovered: number;
}

/** A real image far from all training images. */
export interface UncoveredImage {
  /** Of the real images. */
  readonly position: number;
  /** Of the training images: the nearest to it. */
  readonly nearest: number;
  readonly distance: number;
  /** Distance to a training image by that one's distance to its k-th neighbour, the least of all; above 1 is far. */
  readonly farness: number;
  /** Most probable class, by the model. */
  readonly guess: number;
  readonly confidence: number;
}

/** What share of the images each class has, in the labels and by what a model says of the real images. */
export interface ClassBalance {
  readonly labelled: readonly number[];
  /** Mean of the calibrated probabilities: the expected share, which counts a doubtful image for several classes. */
  readonly expected: readonly number[];
  /** Share of the images whose most probable class it is. */
  readonly predicted: readonly number[];
  /** Total variation distance of labelled and expected, from 0 to 1: the share of images that would have to change class. */
  readonly totalVariation: number;
}

/** How far the labelled images are from the real ones. */
export interface Gap {
  /** Labelled images, and how many of each set were looked at, drawn by seed. */
  readonly labelled: number;
  readonly training: number;
  readonly real: number;
  readonly classes: ClassBalance;
  readonly statistics: readonly StatisticGap[];
  readonly features: {
    readonly width: number;
    /** Deviation of MMD's kernel: the median distance of training and real images. */
    readonly bandwidth: number;
    readonly neighbours: number;
    /** Real images to training images. */
    readonly clean: FeatureGap;
    /** Real images to the training images as augmentation makes them. */
    readonly augmented: FeatureGap;
    /** Validation images, which come from where the training images do, to training images: what no gap looks like. */
    readonly reference: FeatureGap;
    /**
     * How much of each distance augmentation takes away, of what lies above that of the validation images (of Fréchet:
     * above what chance makes of as many images): 1 all, 0 none, below 0 it adds to it. Null where there is none beyond
     * chance (MMD's p above 0.05).
     */
    readonly closed: {
      readonly mmd: number | null;
      readonly frechet: number | null;
      readonly uncovered: number | null;
    };
  };
  /** The farthest first. */
  readonly leastCovered: readonly UncoveredImage[];
}

/** What `gap` came to. */
export interface GapReport extends RunReport {
  /** The model whose features were compared, as it was named. */
  readonly seenBy: string;
  readonly classNames: readonly string[];
  /** The labelled and validation images. */
  readonly dataset: DatasetReference;
  /** The real images: unlabelled ones of this data set. */
  readonly realDataset: DatasetReference;
  readonly gap: Omit<Gap, 'leastCovered'> & { readonly leastCovered: readonly NamedUncovered[] };
}

export type NamedUncovered = UncoveredImage & { readonly path: string; readonly nearestPath: string };

export const gap = defineMethod<GapReport>()(gapConfig);
