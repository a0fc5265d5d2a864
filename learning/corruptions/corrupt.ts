import type { CorruptionName, Severity } from '../../domain/corruption.js';
import type { KeyedRandom } from '../../domain/random.js';
import { expectPicture, type Picture } from '../augmentation/picture.js';
import { gaussianBlur } from './blur.js';
import { compressJpeg } from './jpeg.js';
import { lowerContrast, raiseBrightness } from './levels.js';
import { gaussianNoise, impulseNoise, shotNoise } from './noise.js';
import { pixelate } from './pixelate.js';
import { strengthOf } from './strengths.js';

/** A corruption of some strength; only noise uses the random stream. */
type Corruption = (source: Picture, strength: number, random: KeyedRandom) => Picture | Promise<Picture>;

const TABLE: Readonly<Record<CorruptionName, Corruption>> = {
  'gaussian-noise': gaussianNoise,
  'shot-noise': shotNoise,
  'impulse-noise': impulseNoise,
  'gaussian-blur': gaussianBlur,
  contrast: lowerContrast,
  brightness: raiseBrightness,
  jpeg: compressJpeg,
  pixelate,
};

/**
 * Corrupts a picture as CIFAR-10-C does, or as ImageNet-C if it is large (Hendrycks and Dietterich 2019).
 * @param random stream keyed by picture, corruption and severity; equal streams give equal pictures
 * @returns a new picture of the same shape
 * @throws ConfigurationError when the source is not a valid picture
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
