import { nearest } from '../../domain/config/known-keys.js';
import { ConfigurationError } from '../../domain/errors.js';
import { OPERATION_NAMES, type OperationName } from '../../learning/augmentation/policies/operations.js';
import {
  expectPolicy,
  NOISY_STUDENT,
  type OperationPolicy,
  POLICY_KINDS,
  RAND_AUGMENT,
} from '../../learning/augmentation/policies/policy.js';

/** Finds a word in any case. @throws ConfigurationError that suggests the nearest known word */
function expectWord<Word extends string>(option: string, word: string, known: readonly Word[]): Word {
  const same = known.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (same !== undefined) return same;
  const near = nearest(word, known);
  const advice = near?.isClose ? ` (did you mean ${near.word}?)` : '';
  throw new ConfigurationError(`${option}: received "${word}"${advice}, expected one of ${known.join(', ')}`);
}

/**
 * Returns the operations to show.
 * @param given names; `true` or undefined for all operations
 */
export function operationsOf(given: readonly string[] | true | undefined): OperationName[] {
  if (given === undefined || given === true) return OPERATION_NAMES.filter((name) => name !== 'Identity');
  return [...new Set(given.map((name) => expectWord('--operations', name, OPERATION_NAMES)))];
}

export interface PolicyOptions {
  readonly policy: string;
  readonly numOps?: number;
  readonly magnitude?: number;
}

const TAKES: Readonly<Record<OperationPolicy['kind'], ReadonlyArray<'numOps' | 'magnitude'>>> = {
  'rand-augment': ['numOps', 'magnitude'],
  'noisy-student': ['numOps', 'magnitude'],
  'trivial-augment-wide': [],
  'auto-augment-cifar10': [],
};
const OPTIONS = { numOps: '--num-ops', magnitude: '--magnitude' } as const;

/** @throws ConfigurationError for an unknown policy, or a parameter that it does not have or that is out of range */
export function policyOfOptions(options: PolicyOptions): OperationPolicy {
  const kind = expectWord('--policy', options.policy, POLICY_KINDS);
  for (const parameter of ['numOps', 'magnitude'] as const) {
    if (options[parameter] === undefined || TAKES[kind].includes(parameter)) continue;
    throw new ConfigurationError(
      `${OPTIONS[parameter]}: received ${options[parameter]}, expected none: ${kind} draws it`,
    );
  }
  const { numOps, magnitude } = options;
  const policy = {
    kind,
    ...(numOps !== undefined && { numOps }),
    ...(magnitude !== undefined && { magnitude }),
  } as OperationPolicy;
  expectPolicy(policy);
  return policy;
}

/** Describes a policy in a line, including default values. */
export function policyText(policy: OperationPolicy): string {
  switch (policy.kind) {
    case 'rand-augment': {
      const {
        numOps = RAND_AUGMENT.numOps,
        magnitude = RAND_AUGMENT.magnitude,
        numMagnitudeBins = RAND_AUGMENT.numMagnitudeBins,
      } = policy;
      return `${policy.kind}: ${numOps} operations, magnitude ${magnitude} of ${numMagnitudeBins - 1}`;
    }
    case 'noisy-student': {
      const { numOps = NOISY_STUDENT.numOps, magnitude = NOISY_STUDENT.magnitude } = policy;
      return `${policy.kind}: ${numOps} operations, magnitude ${magnitude} (10 is full strength)`;
    }
    default:
      return policy.kind;
  }
}
