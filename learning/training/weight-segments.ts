import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import type { Vector } from './tensors.js';

/** Consecutive weights of one layer group in the flat vector of all weights. */
export interface WeightSegment {
  readonly group: number;
  readonly size: number;
}

/** Joins consecutive variables of the same group to segments. */
export function segmentsOf(
  variables: readonly TensorFlow.Variable[],
  groupOf: readonly number[],
): WeightSegment[] {
  const segments: WeightSegment[] = [];
  variables.forEach(({ size }, index) => {
    const group = groupOf[index]!;
    const last = segments.at(-1);
    if (last?.group === group) segments[segments.length - 1] = { group, size: last.size + size };
    else segments.push({ group, size });
  });
  return segments;
}

/**
 * Repeats the value of each group for each of its weights.
 * @param values [groups]
 * @returns [weights], or a scalar when there is one group
 */
export function perWeight(values: Vector, segments: readonly WeightSegment[]): Vector | TensorFlow.Scalar {
  if (values.size === 1) return tf.reshape(values, []) as TensorFlow.Scalar;
  return tf.concat1d(
    segments.map(({ group, size }) => tf.broadcastTo(tf.slice1d(values, group, 1), [size]) as Vector),
  );
}

/** Returns 0 for each weight of a frozen group, else 1: [weights]. */
export function unfrozenMask(frozen: number, segments: readonly WeightSegment[]): Vector {
  return tf.concat1d(segments.map(({ group, size }) => tf.fill([size], group < frozen ? 0 : 1) as Vector));
}
