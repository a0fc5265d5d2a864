import { type TensorFlow, tf } from '../../engine/tensorflow.js';

type Vector = TensorFlow.Tensor1D;

/** Neighbouring weights of one group, in the flat vector of all. */
export interface Run {
  readonly group: number;
  readonly size: number;
}

/** The runs of variables that follow one another, by the group of each. */
export function runsOf(variables: readonly TensorFlow.Variable[], groupOf: readonly number[]): Run[] {
  const runs: Run[] = [];
  variables.forEach(({ size }, place) => {
    const group = groupOf[place]!;
    const last = runs.at(-1);
    if (last?.group === group) runs[runs.length - 1] = { group, size: last.size + size };
    else runs.push({ group, size });
  });
  return runs;
}

/**
 * A value for each group as a value for each weight.
 * @param values [groups]
 * @returns [weights], or a scalar where all are of one group
 */
export function spread(values: Vector, runs: readonly Run[]): Vector | TensorFlow.Scalar {
  if (values.size === 1) return tf.reshape(values, []) as TensorFlow.Scalar;
  return tf.concat1d(
    runs.map(({ group, size }) => tf.broadcastTo(tf.slice1d(values, group, 1), [size]) as Vector),
  );
}

/** 1 where a weight's group is not frozen, else 0: [weights]. */
export function thawed(frozen: number, runs: readonly Run[]): Vector {
  return tf.concat1d(runs.map(({ group, size }) => tf.fill([size], group < frozen ? 0 : 1) as Vector));
}
