import { METHOD_NAMES, type MethodName } from '../../domain/methods.js';
import { keyedRandom } from '../../domain/random.js';
import { VARIANTS } from './configurations.js';
import { FAULT_NAMES, FAULTS, type FaultName } from './faults.js';
import type { WorldKind } from './world.js';

/** What happens in a case; its seed and number alone decide it. */
export interface Case {
  readonly seed: number;
  readonly number: number;
  readonly world: WorldKind;
  readonly method: MethodName;
  readonly variant: number;
  readonly faults: ReadonlyArray<{
    readonly name: FaultName;
    /** The moment, as a share of the time that the run takes without faults; 0..1. */
    readonly at: number;
  }>;
}

export const CASES_PER_WORLD = 12;
const MOST_FAULTS = 3;

/** @param hasDisk whether disks can be mounted here */
export function drawCase(seed: number, number: number, hasDisk: boolean): Case {
  const random = keyedRandom(seed, 'case', number);
  const world = Math.floor(number / CASES_PER_WORLD) % 2 === 0 ? 'private' : 'remote';
  const possible = FAULT_NAMES.filter((name) => {
    const { only, needsDisk } = FAULTS[name] as { only?: WorldKind; needsDisk?: boolean };
    return (only === undefined || only === world) && (!needsDisk || hasDisk);
  });
  // Each method gets as many cases as any other.
  const method = METHOD_NAMES[number % METHOD_NAMES.length]!;
  const count = 1 + random.integer(MOST_FAULTS);
  const moments = Array.from({ length: count }, () => random.uniform()).sort((a, b) => a - b);
  return {
    seed,
    number,
    world,
    method,
    variant: random.integer(VARIANTS),
    faults: moments.map((at) => ({ name: possible[random.integer(possible.length)]!, at })),
  };
}

export function caseText({ number, world, method, variant, faults }: Case): string {
  const all = faults.map(({ name, at }) => `${name} at ${Math.round(100 * at)} %`).join(', ');
  return `case ${number}: ${method} ${variant} (${world}): ${all}`;
}
