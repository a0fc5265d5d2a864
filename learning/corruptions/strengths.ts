import type { CorruptionName, Severity } from '../../domain/corruption.js';
import type { Size } from '../augmentation/picture.js';

type Strengths = readonly [number, number, number, number, number];

/**
 * Parameters of the authors' CIFAR-10-C, for pictures of 32 pixels, and ImageNet-C, for 224 pixels
 * (Hendrycks and Dietterich 2019, github.com/hendrycks/robustness): one number for each severity.
 */
const TABLES: Readonly<Record<'small' | 'large', Readonly<Record<CorruptionName, Strengths>>>> = {
  small: {
    'gaussian-noise': [0.04, 0.06, 0.08, 0.09, 0.1],
    'shot-noise': [500, 250, 100, 75, 50],
    'impulse-noise': [0.01, 0.02, 0.03, 0.05, 0.07],
    'gaussian-blur': [0.4, 0.6, 0.7, 0.8, 1],
    contrast: [0.75, 0.5, 0.4, 0.3, 0.15],
    brightness: [0.05, 0.1, 0.15, 0.2, 0.3],
    jpeg: [80, 65, 58, 50, 40],
    pixelate: [0.95, 0.9, 0.85, 0.75, 0.65],
  },
  large: {
    'gaussian-noise': [0.08, 0.12, 0.18, 0.26, 0.38],
    'shot-noise': [60, 25, 12, 5, 3],
    'impulse-noise': [0.03, 0.06, 0.09, 0.17, 0.27],
    'gaussian-blur': [1, 2, 3, 4, 6],
    contrast: [0.4, 0.3, 0.2, 0.1, 0.05],
    brightness: [0.1, 0.2, 0.3, 0.4, 0.5],
    jpeg: [25, 18, 15, 10, 7],
    pixelate: [0.6, 0.5, 0.4, 0.3, 0.25],
  },
};

/** Units of the strengths, for people. */
export const UNITS: Readonly<Record<CorruptionName, string>> = {
  'gaussian-noise': 'standard deviation, of 1',
  'shot-noise': 'photons at white',
  'impulse-noise': 'share of values',
  'gaussian-blur': 'standard deviation, pixels',
  contrast: 'share that is left',
  brightness: 'added, of 1',
  jpeg: 'quality',
  pixelate: 'share of the size',
};

/** Shorter side from which a picture counts as large: the geometric mean of the authors' 32 and 224. */
const LARGE_SIDE = 85;

export function isLarge({ width, height }: Size): boolean {
  return Math.min(width, height) >= LARGE_SIDE;
}

/** Returns the parameter of a corruption for pictures of that size. */
export function strengthOf(corruption: CorruptionName, severity: Severity, size: Size): number {
  return TABLES[isLarge(size) ? 'large' : 'small'][corruption][severity - 1]!;
}
