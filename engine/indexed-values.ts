import { attribute, runKernel } from './kernel.js';
import { type TensorFlow, tf } from './tensorflow.js';

type Vector = TensorFlow.Tensor1D;

/**
 * The values at places that a step's data says; `tf.gather` looks at them, which no graph can. They have no gradient.
 * @param values [n] float32
 * @param places [k] int32, each from 0 to n - 1
 */
export function gatherValues(values: Vector, places: Vector): Vector {
  const types = [attribute.float32('Tparams'), attribute.int32('Tindices')];
  const attributes = [attribute.int('batch_dims', 0), ...types, attribute.int32('Taxis')];
  return runKernel('GatherV2', attributes, [values, places, tf.scalar(0, 'int32')], 1)[0] as Vector;
}

/**
 * The same values with others at some places. Where a place is named twice, its values must be the same.
 * @param values [n] float32
 * @param places [k] int32, each from 0 to n - 1
 * @param others [k] float32
 */
export function scatterValues(values: Vector, places: Vector, others: Vector): Vector {
  const attributes = [attribute.float32('T'), attribute.int32('Tindices')];
  const inputs = [values, tf.expandDims(places, 1), others];
  return runKernel('TensorScatterUpdate', attributes, inputs, 1)[0] as Vector;
}
