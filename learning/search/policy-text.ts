import { isDeepStrictEqual } from 'node:util';
import type { AugmentationConfig, OperationPolicyConfig } from '../../domain/config/augmentation.js';

function policyWords(policy: OperationPolicyConfig): string {
  if (policy.kind === 'none') return 'no policy';
  return 'magnitude' in policy ? `${policy.kind} ${policy.numOps} x ${policy.magnitude}` : policy.kind;
}

type Name = keyof AugmentationConfig;
type Words = { readonly [Key in Name]?: (value: AugmentationConfig[Key]) => string };

/** Texts of settings that are not a single number or word. */
const WORDS: Words = {
  policy: policyWords,
  transforms: (transforms) => `transforms ${transforms.map(({ name }) => name).join(' ') || 'none'}`,
  operations: (operations) =>
    operations
      .map(({ name, magnitude, probability }) => `${name} ${[magnitude].flat().join('..')} at ${probability}`)
      .join(', ') || 'no operations',
  resizedCrop: (crop) => (crop ? `window from ${crop.scale[0]}` : 'no window'),
  erasing: (erasing) => (erasing ? `erasing ${erasing.probability}` : 'no erasing'),
  fill: (fill) => `fill ${[fill].flat().join(' ')}`,
};

/** Describes how a policy differs from the base: `rand-augment 2 x 13, mixup 0.2`. */
export function policyText(policy: AugmentationConfig, base: AugmentationConfig): string {
  // The policy comes first: it matters most.
  const names = [...new Set(['policy', ...Object.keys(base), ...Object.keys(policy)])] as Name[];
  return names
    .filter((name) => !isDeepStrictEqual(policy[name], base[name]))
    .map(
      (name) =>
        (WORDS[name] as ((value: unknown) => string) | undefined)?.(policy[name]) ??
        `${name} ${policy[name]}`,
    )
    .join(', ');
}

/** Describes each policy of a search; the base comes first. */
export function policyTexts(policies: readonly AugmentationConfig[]): readonly string[] {
  return policies.map((policy, trial) =>
    trial === 0 ? 'as training has it' : policyText(policy, policies[0]!),
  );
}
