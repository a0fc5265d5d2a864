import type { Features } from './features.js';

/** Returns the number of rows. */
export function rowsOf({ features, width }: Features): number {
  return features.length / width;
}

/** Returns the features of some rows, in that order. */
export function pickRows({ features, width }: Features, rows: ArrayLike<number>): Features {
  const picked = new Float32Array(rows.length * width);
  for (let row = 0; row < rows.length; row++) {
    picked.set(features.subarray(rows[row]! * width, (rows[row]! + 1) * width), row * width);
  }
  return { features: picked, width };
}

/** Appends the rows of `other` to those of `one`. */
export function joinRows(one: Features, other: Features): Features {
  const joined = new Float32Array(one.features.length + other.features.length);
  joined.set(one.features);
  joined.set(other.features, one.features.length);
  return { features: joined, width: one.width };
}

/**
 * Returns the squared Euclidean distance between two rows, summed in float64 from the differences, which is exact for
 * near neighbours.
 */
export function squaredDistance(one: Features, row: number, other: Features, otherRow: number): number {
  const { width, features: a } = one;
  const { features: b } = other;
  const from = row * width;
  const to = otherRow * width;
  let sum = 0;
  for (let at = 0; at < width; at++) {
    const difference = a[from + at]! - b[to + at]!;
    sum += difference * difference;
  }
  return sum;
}
