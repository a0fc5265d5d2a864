import type { KeyedRandom } from '../../domain/random.js';

/** The random draws that {@link drawByWeight} needs. */
export type RandomDraws = Pick<KeyedRandom, 'uniform' | 'integer'>;

/** Draws an index in proportion to its weight; if all weights are 0, uniformly among those not taken. */
export function drawByWeight(weights: Float64Array, taken: Uint8Array, random: RandomDraws): number {
  let all = 0;
  for (const weight of weights) all += weight;
  if (all === 0) {
    const left = Array.from(taken.keys()).filter((image) => taken[image] === 0);
    return left[random.integer(left.length)]!;
  }
  const target = random.uniform() * all;
  let sum = 0;
  let last = 0;
  for (let image = 0; image < weights.length; image++) {
    if (weights[image] === 0) continue;
    sum += weights[image]!;
    last = image;
    if (sum > target) break;
  }
  return last;
}
