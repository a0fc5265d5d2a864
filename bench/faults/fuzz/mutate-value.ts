import type { KeyedRandom } from '../../../domain/random.js';
import { chance, pick } from './fuzzer.js';
import { ODD_TEXTS } from './odd-texts.js';

type Holder = Record<string, unknown> | unknown[];

const MOST_MUTATIONS = 4;
const DEPTH = 200;
const MANY = 5_000;
const NUMBERS = [0, -1, 0.5, -0, 1e-300, 1e308, 2 ** 31, 2 ** 53, Number.POSITIVE_INFINITY, Number.NaN];

const VALUES: readonly ((random: KeyedRandom) => unknown)[] = [
  (random) => pick(random, NUMBERS),
  (random) => pick(random, ODD_TEXTS),
  () => null,
  (random) => chance(random, 0.5),
  () => [],
  () => ({}),
  () => [[[]]],
  (random) => Array.from({ length: random.integer(50) }, () => pick(random, ODD_TEXTS)),
];

/** Rare, because they are large. */
const LARGE_VALUES: readonly (() => unknown)[] = [
  () => Array.from({ length: DEPTH }).reduce<unknown>((inner) => [inner], 1),
  () => Object.fromEntries(Array.from({ length: MANY }, (_, number) => [`key${number}`, number])),
  () => Array.from({ length: MANY }, (_, number) => ({ kind: `kind${number}` })),
];

function oddValue(random: KeyedRandom): unknown {
  return chance(random, 0.05) ? pick(random, LARGE_VALUES)() : pick(random, VALUES)(random);
}

/** All mappings and lists in a value. */
function holdersIn(value: unknown, found: Holder[] = []): Holder[] {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value as Holder);
  for (const inner of Object.values(value)) holdersIn(inner, found);
  return found;
}

function typo(key: string, random: KeyedRandom): string {
  const at = random.integer(key.length + 1);
  return key.slice(0, at) + pick(random, ['', 'x', key[at] ?? '', key.toUpperCase()]) + key.slice(at + 1);
}

function change(holder: Holder, others: readonly Holder[], random: KeyedRandom): void {
  const values = holder as Record<string, unknown>;
  const keys = Object.keys(holder);
  const key = keys.length > 0 ? pick(random, keys) : 'key';
  switch (random.integer(5)) {
    case 0:
      delete values[key];
      break;
    case 1:
      Object.assign(values, { [typo(key, random)]: values[key] });
      break;
    case 2:
      Object.assign(values, { [pick(random, ODD_TEXTS)]: oddValue(random) });
      break;
    case 3:
      values[key] = structuredClone(pick(random, others));
      break;
    default:
      values[key] = oddValue(random);
  }
}

/** A configuration with other keys and values in some places. */
export function mutatedValue(value: unknown, random: KeyedRandom): unknown {
  if (chance(random, 0.02)) return oddValue(random);
  const changed = structuredClone(value);
  for (let left = 1 + random.integer(MOST_MUTATIONS); left > 0; left--) {
    const holders = holdersIn(changed).slice(0, MANY);
    if (holders.length > 0) change(pick(random, holders), holders, random);
  }
  return changed;
}
