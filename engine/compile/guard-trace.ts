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
 * Refuses, while a function is traced, what would be frozen in its graph without passing through the binding: tensors from
 * outside that tfjs uploads or reads only now, numbers drawn in JavaScript, new variables, and those of others.
 * @param known memory of inputs and variables
 * @returns ends it
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
  /** Memory that is written meanwhile: constants of the function's own. */
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
