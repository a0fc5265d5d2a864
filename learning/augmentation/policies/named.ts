import type { KeyedRandom } from '../../../domain/random.js';
import { expectNumber, expectOneOf, expectPair } from '../checks.js';
import { planPerspective } from '../geometry/perspective.js';
import type { Size } from '../picture.js';
import { planCutout } from '../regions/cutout.js';
import { OPERATION_NAMES, OPERATIONS, type OperationName } from './operations.js';
import type { PlannedOperation } from './plan.js';

/** An operation that a configuration names. */
export interface NamedOperation {
  readonly name: OperationName;
  /** In the operation's unit; two numbers are a uniform range. Default: 0. */
  readonly magnitude?: number | readonly [number, number];
  /** Probability of applying it; default: 1. */
  readonly probability?: number;
}

/** @throws ConfigurationError for an unknown name, or a magnitude or probability out of its range */
export function expectNamed({ name, magnitude = 0, probability = 1 }: NamedOperation): void {
  expectOneOf('operation', name, OPERATION_NAMES);
  const [least, most] = OPERATIONS[name].range;
  if (typeof magnitude === 'number') expectNumber(`${name}.magnitude`, magnitude, least, most);
  else expectPair(`${name}.magnitude`, magnitude, least, most);
  expectNumber(`${name}.probability`, probability, 0, 1);
}

/** Draws the box or the corners of an operation that needs them. */
function placeOf(
  name: OperationName,
  magnitude: number,
  size: Size,
  random: KeyedRandom,
): Pick<PlannedOperation, 'box' | 'corners'> {
  if (name === 'Cutout') return { box: planCutout(size, Math.trunc(magnitude), random) };
  return name === 'Perspective' ? { corners: planPerspective(size, magnitude, random) } : {};
}

/** Draws for each operation, in order, whether it is applied, and its magnitude. */
export function drawNamed(
  operations: readonly NamedOperation[],
  size: Size,
  random: KeyedRandom,
): PlannedOperation[] {
  const drawn: PlannedOperation[] = [];
  for (const { name, magnitude = 0, probability = 1 } of operations) {
    if (random.uniform() >= probability) continue;
    const [least, most] = typeof magnitude === 'number' ? [magnitude, magnitude] : magnitude;
    const drawnMagnitude = least + (most - least) * random.uniform();
    drawn.push({ name, magnitude: drawnMagnitude, ...placeOf(name, drawnMagnitude, size, random) });
  }
  return drawn;
}
