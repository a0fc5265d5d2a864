import { keyedRandom } from '../../../../domain/random.js';
import type { Features } from '../../../../learning/models/features.js';
import { featuresFrom } from './golden.js';

/** Draws rows of independent normal values with standard deviation 1 around a centre. */
export function gaussianRows(rows: number, width: number, centre: number, key: string): Features {
  const random = keyedRandom(1, key);
  const values = Array.from({ length: rows * width }, () => centre + random.normal());
  return featuresFrom(values, width);
}
