import { type AugmentationConfig, augmentationConfig } from '../../domain/config/augmentation.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { SearchConfig } from '../../domain/methods/search.js';
import type { GridSpace, RandomSpace } from '../../domain/methods/search-space.js';
import { keyedRandom } from '../../domain/random.js';
import { drawPolicy } from './draw-policy.js';

const RANDOM_TRIALS = 24;
/** Draws per trial until a new policy is found; after that the space counts as exhausted. */
const MAX_DRAWS = 100;

/** A search space, and the training whose augmentation is the base policy. */
export type PolicySearch = Pick<SearchConfig, 'seed' | 'space' | 'trials'> & {
  readonly training: { readonly augmentation: AugmentationConfig };
};

/**
 * Returns the distinct policies of a search by trial number: the base first, then those of the space. There are fewer
 * than `trials` if the space is too small. Deterministic for a configuration.
 * @throws ConfigurationError when the space has no policy besides the base
 */
export function generatePolicies({
  seed,
  space,
  trials,
  training,
}: PolicySearch): readonly AugmentationConfig[] {
  const base = augmentationConfig.parse(training.augmentation);
  const others =
    space.kind === 'grid'
      ? gridPolicies(space, base, seed, trials)
      : randomPolicies(space, base, seed, trials ?? RANDOM_TRIALS);
  if (others.length > 0) return [base, ...others];
  throw new ConfigurationError(
    'space: received only the augmentation that training already has, expected other settings to try',
  );
}

/** Every pair of N and M with the base's other settings; a random subset if there are more than `trials`. */
function gridPolicies(space: GridSpace, base: AugmentationConfig, seed: number, trials?: number) {
  const isNew = firstTime(base);
  const { numOps, magnitude, numMagnitudeBins } = space;
  const settled = base.policy.kind === 'rand-augment' ? base.policy : {};
  const places = numOps
    .flatMap((operations) => magnitude.map((bin) => ({ numOps: operations, magnitude: bin })))
    .map((place) => ({ ...settled, kind: 'rand-augment' as const, ...place, numMagnitudeBins }))
    .map((policy) => augmentationConfig.parse({ ...base, policy }))
    .filter(isNew);
  if (trials === undefined || trials >= places.length) return places;
  const drawn = keyedRandom(seed, 'search').permutation(places.length).slice(0, trials).sort();
  return Array.from(drawn, (place) => places[place]!);
}

function randomPolicies(space: RandomSpace, base: AugmentationConfig, seed: number, trials: number) {
  const isNew = firstTime(base);
  const draw = (trial: number) => {
    for (let redraw = 0; redraw < MAX_DRAWS; redraw++) {
      const policy = drawPolicy(space, base, keyedRandom(seed, 'search', trial, redraw));
      if (isNew(policy)) return policy;
    }
    return undefined;
  };
  const policies: AugmentationConfig[] = [];
  while (policies.length < trials) {
    const policy = draw(policies.length + 1);
    if (!policy) break;
    policies.push(policy);
  }
  return policies;
}

/** Returns a filter that passes each policy once. All are schema output, so their keys have the same order. */
function firstTime(base: AugmentationConfig): (policy: AugmentationConfig) => boolean {
  const known = new Set([JSON.stringify(base)]);
  return (policy) => known.size < known.add(JSON.stringify(policy)).size;
}
