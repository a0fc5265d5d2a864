import type { KeyedRandom } from '../../../domain/random.js';
import { expectInteger, expectOneOf } from '../checks.js';
import type { Size } from '../picture.js';
import { CIFAR10 } from './auto-augment-tables.js';
import { autoAugmentSpace, type MagnitudeRow, randAugmentSpace, trivialAugmentSpace } from './magnitudes.js';
import { noisyStudentOperation } from './noisy-student.js';
import type { PlannedOperation } from './plan.js';

/** RandAugment with torchvision's parameters and scale. */
export interface RandAugment {
  readonly kind: 'rand-augment';
  /** Operations for each picture, drawn with replacement; default: 2. */
  readonly numOps?: number;
  /** The bin, 0 to numMagnitudeBins - 1; default: 9. */
  readonly magnitude?: number;
  /** Default: 31. */
  readonly numMagnitudeBins?: number;
}

/**
 * RandAugment on the scale of the Noisy Student code: 16 operations; level 10 is full strength, and levels
 * above exceed it. The paper's M = 27 is on this scale: 81 degrees, not torchvision's 27.
 */
export interface NoisyStudentRandAugment {
  readonly kind: 'noisy-student';
  /** Default: 2. */
  readonly numOps?: number;
  /** 0 to 30; default: 10, full strength. The paper has 27. */
  readonly magnitude?: number;
}

/** TrivialAugmentWide: one operation at a random bin (Müller and Hutter 2021). */
export interface TrivialAugmentWide {
  readonly kind: 'trivial-augment-wide';
  /** Default: 31. */
  readonly numMagnitudeBins?: number;
}

/** One of the sub-policies that AutoAugment found on CIFAR-10. */
export interface AutoAugment {
  readonly kind: 'auto-augment-cifar10';
}

export type OperationPolicy = RandAugment | NoisyStudentRandAugment | TrivialAugmentWide | AutoAugment;
export const POLICY_KINDS: readonly OperationPolicy['kind'][] = [
  'rand-augment',
  'noisy-student',
  'trivial-augment-wide',
  'auto-augment-cifar10',
];

/** Torchvision's defaults. */
export const RAND_AUGMENT = { numOps: 2, magnitude: 9, numMagnitudeBins: 31 } as const;
/** Defaults on the Noisy Student code's scale. */
export const NOISY_STUDENT = { numOps: 2, magnitude: 10 } as const;
const MOST_BINS = 1000;
const MOST_OPERATIONS = 14;

interface KnownSpace {
  readonly kind: OperationPolicy['kind'];
  readonly bins: number;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly MagnitudeRow[];
}

/** Cache of the last table: most runs use one policy on one size. */
let known: KnownSpace | undefined;

function makeSpace(
  kind: OperationPolicy['kind'],
  bins: number,
  width: number,
  height: number,
): MagnitudeRow[] {
  if (kind === 'rand-augment') return randAugmentSpace(bins, width, height);
  return kind === 'trivial-augment-wide' ? trivialAugmentSpace(bins) : autoAugmentSpace(width, height);
}

function spaceOf(
  kind: OperationPolicy['kind'],
  bins: number,
  { width, height }: Size,
): readonly MagnitudeRow[] {
  if (known?.kind !== kind || known.bins !== bins || known.width !== width || known.height !== height) {
    known = { kind, bins, width, height, rows: makeSpace(kind, bins, width, height) };
  }
  return known.rows;
}

function at({ name, values, signed }: MagnitudeRow, bin: number, random: KeyedRandom): PlannedOperation {
  if (!values) return { name, magnitude: 0 };
  const magnitude = values[bin]!;
  return { name, magnitude: signed && random.uniform() < 0.5 ? -magnitude : magnitude };
}

function drawRandAugment(policy: RandAugment, size: Size, random: KeyedRandom): PlannedOperation[] {
  const {
    numOps = RAND_AUGMENT.numOps,
    magnitude = RAND_AUGMENT.magnitude,
    numMagnitudeBins = RAND_AUGMENT.numMagnitudeBins,
  } = policy;
  const space = spaceOf(policy.kind, numMagnitudeBins, size);
  const drawn: PlannedOperation[] = [];
  for (let op = 0; op < numOps; op++) {
    drawn.push(at(space[random.integer(space.length)]!, magnitude, random));
  }
  return drawn;
}

function drawAutoAugment(size: Size, random: KeyedRandom): PlannedOperation[] {
  const space = spaceOf('auto-augment-cifar10', 10, size);
  const drawn: PlannedOperation[] = [];
  for (const [name, probability, bin] of CIFAR10[random.integer(CIFAR10.length)]!) {
    if (random.uniform() >= probability) continue;
    drawn.push(at(space.find((row) => row.name === name)!, bin, random));
  }
  return drawn;
}

/** @throws ConfigurationError when a parameter is out of its range */
export function expectPolicy(policy: OperationPolicy): void {
  expectOneOf('kind', policy.kind, POLICY_KINDS);
  if ('numOps' in policy) expectInteger('numOps', policy.numOps ?? RAND_AUGMENT.numOps, 0, MOST_OPERATIONS);
  if (policy.kind === 'noisy-student') {
    expectInteger('magnitude', policy.magnitude ?? NOISY_STUDENT.magnitude, 0, 30);
  } else if (policy.kind !== 'auto-augment-cifar10') {
    const { numMagnitudeBins = RAND_AUGMENT.numMagnitudeBins } = policy;
    expectInteger('numMagnitudeBins', numMagnitudeBins, 2, MOST_BINS);
    if (policy.kind === 'rand-augment') {
      expectInteger('magnitude', policy.magnitude ?? RAND_AUGMENT.magnitude, 0, numMagnitudeBins - 1);
    }
  }
}

/** Draws the operations for one picture of a size. The policy must be checked, see {@link expectPolicy}. */
export function drawOperations(
  policy: OperationPolicy,
  size: Size,
  random: KeyedRandom,
): readonly PlannedOperation[] {
  switch (policy.kind) {
    case 'rand-augment':
      return drawRandAugment(policy, size, random);
    case 'noisy-student':
      return Array.from({ length: policy.numOps ?? NOISY_STUDENT.numOps }, () =>
        noisyStudentOperation(policy.magnitude ?? NOISY_STUDENT.magnitude, size, random),
      );
    case 'trivial-augment-wide': {
      const { numMagnitudeBins = RAND_AUGMENT.numMagnitudeBins } = policy;
      const space = spaceOf(policy.kind, numMagnitudeBins, size);
      const row = space[random.integer(space.length)]!;
      return [at(row, random.integer(numMagnitudeBins), random)];
    }
    case 'auto-augment-cifar10':
      return drawAutoAugment(size, random);
  }
}
