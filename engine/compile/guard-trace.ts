import type { NodeBackend } from '../binding.js';
import { type TensorFlow, tf } from '../tensorflow.js';
import {
  assignsForeign,
  createsVariable,
  drawsInJavaScript,
  frozenTensor,
  readsValue,
} from './not-traceable.js';

type Variable = TensorFlow.Variable;

/**
 * Makes tracing throw on everything that would be frozen in the graph without passing through the binding: outside
 * tensors that tfjs uploads or reads now, numbers drawn in JavaScript, new variables, and variables of other programs.
 * @param known data ids of inputs and variables
 * @returns a function that removes the guard
 */
export function guardTrace(
  native: NodeBackend,
  known: ReadonlySet<object>,
  variables: ReadonlySet<Variable>,
): () => void {
  const { write, getInputTensorIds, readSync } = native;
  const { random } = Math;
  const engine = tf.engine();
  const { makeVariable } = engine;
  const { assign } = tf.Variable.prototype;
  /** Data written during the trace: the function's constants. */
  const own = new WeakSet<object>();
  native.write = (...values) => {
    const dataId = write.apply(native, values);
    own.add(dataId);
    return dataId;
  };
  native.getInputTensorIds = (tensors) => {
    for (const { dataId, shape } of tensors) {
      const isUploaded = (native.tensorMap.get(dataId)?.id ?? 0) >= 0;
      if (!isUploaded && !own.has(dataId) && !known.has(dataId)) {
        throw frozenTensor(`of shape ${JSON.stringify(shape)}`);
      }
    }
    return getInputTensorIds.call(native, tensors);
  };
  native.readSync = (dataId) => {
    if (!own.has(dataId)) throw readsValue();
    return readSync.call(native, dataId);
  };
  Math.random = () => {
    throw drawsInJavaScript();
  };
  engine.makeVariable = (_initial, _trainable, name) => {
    throw createsVariable(name);
  };
  tf.Variable.prototype.assign = function (this: Variable, value) {
    if (!variables.has(this)) throw assignsForeign(this.name);
    assign.call(this, value);
  };
  return () => {
    native.write = write;
    native.getInputTensorIds = getInputTensorIds;
    native.readSync = readSync;
    Math.random = random;
    engine.makeVariable = makeVariable;
    tf.Variable.prototype.assign = assign;
  };
}
