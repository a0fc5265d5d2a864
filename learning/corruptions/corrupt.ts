import type { CorruptionName, Severity } from '../../domain/corruption.js';
import type { KeyedRandom } from '../../domain/random.js';
import { expectPicture, type Picture } from '../augmentation/picture.js';
import { gaussianBlur } from './blur.js';
import { throughJpeg } from './jpeg.js';
import { lowerContrast, raiseBrightness } from './levels.js';
import { gaussianNoise, impulseNoise, shotNoise } from './noise.js';
import { pixelate } from './pixelate.js';
import { strengthOf } from './strengths.js';

/** A corruption of a strength; only noise draws from the stream. */
type Corruption = (source: Picture, strength: number, random: KeyedRandom) => Picture | Promise<Picture>;

const TABLE: Readonly<Record<CorruptionName, Corruption>> = {
  'gaussian-noise': gaussianNoise,
  'shot-noise': shotNoise,
  'impulse-noise': impulseNoise,
  'gaussian-blur': gaussianBlur,
  contrast: lowerContrast,
  brightness: raiseBrightness,
  jpeg: throughJpeg,
  pixelate,
};

/**
 * A picture spoilt as in CIFAR-10-C, or ImageNet-C where it is large (Hendrycks and Dietterich 2019).
 * @param random the stream of this picture, corruption and severity: the same gives the same picture
 * @returns a picture of the same shape; the source stays as it is
 * @throws ConfigurationError when it is no picture
 */
export async function corrupt(
  source: Picture,
  corruption: CorruptionName,
  severity: Severity,
  random: KeyedRandom,
): Promise<Picture> {
  expectPicture('picture', source);
  return TABLE[corruption](source, strengthOf(corruption, severity, source), random);
}
