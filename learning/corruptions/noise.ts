import type { KeyedRandom } from '../../domain/random.js';
import { likePicture, type Picture } from '../augmentation/picture.js';
import { quantileOf } from '../quantile-of.js';
import { byteOf } from './levels.js';
import { poissonDistribution } from './poisson.js';

/** Adds normal noise of that standard deviation to values from 0 to 1. */
export function gaussianNoise(source: Picture, deviation: number, random: KeyedRandom): Picture {
  const target = likePicture(source);
  source.data.forEach((value, index) => {
    target.data[index] = byteOf(value / 255 + deviation * random.normal());
  });
  return target;
}

/** Cached distributions by number of photons, then by level. */
const distributions = new Map<number, Map<number, Float64Array>>();

function distributionOf(level: number, photons: number): Float64Array {
  const byLevel = distributions.get(photons) ?? new Map<number, Float64Array>();
  distributions.set(photons, byLevel);
  const cached = byLevel.get(level);
  if (cached) return cached;
  const distribution = poissonDistribution((level / 255) * photons);
  byLevel.set(level, distribution);
  return distribution;
}

/**
 * Adds photon noise: each value becomes Poisson(value * photons) / photons.
 * @param photons expected number at white; fewer give more noise
 */
export function shotNoise(source: Picture, photons: number, random: KeyedRandom): Picture {
  const target = likePicture(source);
  source.data.forEach((value, index) => {
    const count = quantileOf(distributionOf(value, photons), random.uniform());
    target.data[index] = byteOf(count / photons);
  });
  return target;
}

/** Sets a share of all values to 0 or 255 with equal probability, independently for each channel. */
export function impulseNoise(source: Picture, share: number, random: KeyedRandom): Picture {
  const target = likePicture(source);
  source.data.forEach((value, index) => {
    const isHit = random.uniform() < share;
    const isSalt = random.uniform() < 0.5;
    target.data[index] = isHit ? (isSalt ? 255 : 0) : value;
  });
  return target;
}
