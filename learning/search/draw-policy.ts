import type { AugmentationConfig, OperationPolicyConfig } from '../../domain/config/augmentation.js';
import { augmentationConfig } from '../../domain/config/augmentation.js';
import type { NumberSpace, PolicySpace, RandomSpace } from '../../domain/methods/search-space.js';
import type { KeyedRandom } from '../../domain/random.js';

/** Drawn numbers are rounded to multiples of 1 / PRECISION. */
const PRECISION = 1000;

function drawInteger(numbers: NumberSpace, random: KeyedRandom): number {
  if (!('to' in numbers)) return numbers[random.integer(numbers.length)]!;
  return numbers.from + random.integer(numbers.to - numbers.from + 1);
}

function drawNumber(numbers: NumberSpace, random: KeyedRandom): number {
  if (!('to' in numbers)) return numbers[random.integer(numbers.length)]!;
  const { from, to } = numbers;
  const drawn = Math.round((from + random.uniform() * (to - from)) * PRECISION) / PRECISION;
  return Math.min(to, Math.max(from, drawn));
}

/** Keeps the base policy's other settings, for example its growth, if the kind is the same. */
function drawOperationPolicy(space: PolicySpace, base: OperationPolicyConfig, random: KeyedRandom) {
  const settled = base.kind === space.kind ? base : {};
  if (!('magnitude' in space)) return { ...settled, ...space };
  return {
    ...settled,
    ...space,
    numOps: drawInteger(space.numOps, random.fork('numOps')),
    magnitude: drawInteger(space.magnitude, random.fork('magnitude')),
  };
}

/**
 * Draws a policy from a space. Each setting has its own random stream, so that adding one to the space does not change
 * the draws of the others.
 */
export function drawPolicy(
  space: RandomSpace,
  base: AugmentationConfig,
  random: KeyedRandom,
): AugmentationConfig {
  const { policies, operations, flip, shift, resizedCrop, cutout, erasing, mixup, cutmix } = space;
  const drawn = Object.entries({ flip, shift, cutout, mixup, cutmix }).flatMap(([name, numbers]) =>
    numbers ? [[name, drawNumber(numbers, random.fork(name))] as const] : [],
  );
  const changed: Record<string, unknown> = { ...base, ...Object.fromEntries(drawn) };
  if (policies) {
    const choice = policies[random.fork('policies').integer(policies.length)]!;
    changed['policy'] = drawOperationPolicy(choice, base.policy, random.fork('policy'));
  }
  if (operations) {
    changed['operations'] = operations.flatMap(({ name, magnitude, probability }, place) => {
      const stream = random.fork('operations', place);
      const done = drawNumber(probability, stream.fork('probability'));
      return done === 0
        ? []
        : [{ name, magnitude: drawNumber(magnitude, stream.fork('magnitude')), probability: done }];
    });
  }
  if (resizedCrop) {
    const least = drawNumber(resizedCrop, random.fork('resizedCrop'));
    changed['resizedCrop'] = least < 1 ? { ...base.resizedCrop, scale: [least, 1] } : undefined;
  }
  if (erasing) {
    const probability = drawNumber(erasing, random.fork('erasing'));
    changed['erasing'] = probability > 0 ? { ...base.erasing, probability } : undefined;
  }
  return augmentationConfig.parse(changed);
}
