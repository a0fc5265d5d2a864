import type { AugmentationConfig } from '../../domain/config/augmentation.js';
import type { SearchConfig } from '../../domain/methods/search.js';
import { planRungs } from '../../learning/search/rungs.js';

/** @param policies of all trials, the base included */
export function rungsIn(
  { training, halving }: Pick<SearchConfig, 'training' | 'halving'>,
  policies: readonly AugmentationConfig[],
) {
  return planRungs(policies.length - 1, training.steps, halving);
}
