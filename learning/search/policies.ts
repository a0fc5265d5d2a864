import { type AugmentationConfig, augmentationConfig } from '../../domain/config/augmentation.js';
import type { SearchConfig } from '../../domain/config/methods/search.js';
import type { GridSpace, RandomSpace } from '../../domain/config/methods/search-space.js';
import { ConfigurationError } from '../../domain/errors.js';
import { keyedRandom } from '../../domain/random.js';
import { drawPolicy } from './draw-policy.js';

const RANDOM_TRIALS = 24;
/** Of draws for one trial: where none is new, there is hardly anything left to find. */
const REDRAWS = 100;

/** What is searched: a space, and the training whose augmentation is the base. */
export type PolicySearch = Pick<SearchConfig, 'seed' | 'space' | 'trials'> & {
  readonly training: { readonly augmentation: AugmentationConfig };
};

/**
 * The policies of a search by their trial's number: the training's own first, then the space's, none of them twice.
 * Fewer than asked for where the space has no more. The same for the same configuration.
 * @throws ConfigurationError when the space has nothing but the training's own
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
    'space: received one with nothing but the augmentation that training has already, expected other settings to try',
  );
}

/** Every pair of N and M with the base's further settings, or so many of them, drawn. */
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
    for (let redraw = 0; redraw < REDRAWS; redraw++) {
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

/** Whether a policy is asked about for the first time. They are the schema's output, so their keys are in one order. */
function firstTime(base: AugmentationConfig): (policy: AugmentationConfig) => boolean {
  const known = new Set([JSON.stringify(base)]);
  return (policy) => known.size < known.add(JSON.stringify(policy)).size;
}
