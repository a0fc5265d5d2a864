import { attribute, runKernel } from './kernel.js';
import { type TensorFlow, tf } from './tensorflow.js';

type Vector = TensorFlow.Tensor1D;

/**
 * Gathers values by index. Traceable, unlike `tf.gather`, which reads the indices. Has no gradient.
 * @param values [n] float32
 * @param indices [k] int32, each from 0 to n - 1
 * @returns [k]
 */
export function gatherValues(values: Vector, indices: Vector): Vector {
  const types = [attribute.float32('Tparams'), attribute.int32('Tindices')];
  const attributes = [attribute.int('batch_dims', 0), ...types, attribute.int32('Taxis')];
  return runKernel('GatherV2', attributes, [values, indices, tf.scalar(0, 'int32')], 1)[0] as Vector;
}

/**
 * Returns a copy of the values with some replaced by index. Updates of the same index must be equal.
 * @param values [n] float32
 * @param indices [k] int32, each from 0 to n - 1
 * @param updates [k] float32
 */
export function scatterValues(values: Vector, indices: Vector, updates: Vector): Vector {
  const attributes = [attribute.float32('T'), attribute.int32('Tindices')];
  const inputs = [values, tf.expandDims(indices, 1), updates];
  return runKernel('TensorScatterUpdate', attributes, inputs, 1)[0] as Vector;
}
