import type { KeyedRandom } from '../../domain/random.js';
import { likePicture, type Picture } from '../augmentation/picture.js';
import { byteOf } from './levels.js';
import { poissonDistribution, poissonQuantile } from './poisson.js';

/** Adds to each value a normal number of that deviation, values being from 0 to 1. */
export function gaussianNoise(source: Picture, deviation: number, random: KeyedRandom): Picture {
  const target = likePicture(source);
  source.data.forEach((value, index) => {
    target.data[index] = byteOf(value / 255 + deviation * random.normal());
  });
  return target;
}

/** Of each number of photons at white, the distributions by level: most levels come again and again. */
const distributions = new Map<number, Map<number, Float64Array>>();

function distributionOf(level: number, photons: number): Float64Array {
  const byLevel = distributions.get(photons) ?? new Map<number, Float64Array>();
  distributions.set(photons, byLevel);
  const known = byLevel.get(level);
  if (known) return known;
  const made = poissonDistribution((level / 255) * photons);
  byLevel.set(level, made);
  return made;
}

/**
 * Counts photons: each value becomes a Poisson number with the mean value * photons, divided by them again.
 * @param photons of a white value; the fewer, the noisier
 */
export function shotNoise(source: Picture, photons: number, random: KeyedRandom): Picture {
  const target = likePicture(source);
  source.data.forEach((value, index) => {
    const count = poissonQuantile(distributionOf(value, photons), random.uniform());
    target.data[index] = byteOf(count / photons);
  });
  return target;
}

/** Salt and pepper: a share of all values, each channel's for itself, becomes 0 or 255, either as often. */
export function impulseNoise(source: Picture, share: number, random: KeyedRandom): Picture {
  const target = likePicture(source);
  source.data.forEach((value, index) => {
    const isHit = random.uniform() < share;
    const isSalt = random.uniform() < 0.5;
    target.data[index] = isHit ? (isSalt ? 255 : 0) : value;
  });
  return target;
}
