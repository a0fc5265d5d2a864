import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Features } from '../../../../learning/models/features.js';

/** The output of test/golden/gap.py. */
export function golden<T>(name: string): T {
  const file = fileURLToPath(new URL(`../../../../../test/golden/gap/${name}.json`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

export function featuresFrom(values: readonly number[], width: number): Features {
  return { features: Float32Array.from(values), width };
}

export function assertNear(received: number, expected: number, tolerance: number, what: string): void {
  const error = Math.abs(received - expected);
  assert.ok(error <= tolerance * Math.max(1, Math.abs(expected)), `${what}: ${received}, not ${expected}`);
}

export function assertAllNear(
  received: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
  what: string,
): void {
  assert.equal(received.length, expected.length, what);
  for (const [place, value] of expected.entries())
    assertNear(received[place]!, value, tolerance, `${what} ${place}`);
}
