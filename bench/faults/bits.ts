/** Times differ between two equal runs, and the sizes of files that hold the run's id. */
const DIFFERENT = /seconds|At$|speed|PerSecond|Ms$|bytes|sizeRatio/i;

/**
 * Everything in a report that two equal runs have in common: hashes of weights, and all numbers except times and sizes of
 * files. By path, so that a difference names its place.
 */
export function bitsOf(report: unknown): ReadonlyMap<string, unknown> {
  const bits = new Map<string, unknown>();
  collect(report, '', bits);
  return bits;
}

function collect(value: unknown, path: string, bits: Map<string, unknown>): void {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (DIFFERENT.test(name)) return;
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) collect(inner, path ? `${path}.${key}` : key, bits);
  } else if (typeof value === 'number' || typeof value === 'boolean' || name === 'weightsHash') {
    bits.set(path, value);
  }
}

/** The first places at which two runs differ, in words. */
export function differences(
  expected: ReadonlyMap<string, unknown>,
  received: ReadonlyMap<string, unknown>,
): string[] {
  return [...new Set([...expected.keys(), ...received.keys()])]
    .filter((path) => expected.get(path) !== received.get(path))
    .map((path) => `${path}: received ${received.get(path)}, expected ${expected.get(path)}`);
}
