import type { StoredTensor } from './values.js';

export type Numbers = Float32Array | BigInt64Array;

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Returns a copy of a tensor's values, its last axis the fastest; some tensors are stored in another order. */
export function rowMajor(
  { shape, strides, offset }: Pick<StoredTensor, 'shape' | 'strides' | 'offset'>,
  stored: Numbers,
): Numbers {
  const size = sizeOf(shape);
  const values = stored instanceof Float32Array ? new Float32Array(size) : new BigInt64Array(size);
  const place = shape.map(() => 0);
  let from = offset;
  for (let at = 0; at < size; at++) {
    values[at] = stored[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++place[axis]! < shape[axis]!) break;
      from -= shape[axis]! * strides[axis]!;
      place[axis] = 0;
    }
  }
  return values;
}
