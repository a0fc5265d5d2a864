import { DATA_TYPE } from '../binding.js';
import { type TensorFlow, tf } from '../tensorflow.js';

type Tensor = TensorFlow.Tensor;

/** Values that are fed without becoming a tensor first. Bytes arrive in the function as float32. */
export interface TypedInput {
  readonly values: Float32Array | Int32Array | Uint8Array;
  readonly shape: readonly number[];
}

export type Input = Tensor | TypedInput;

export function isTensor(input: Input): input is Tensor {
  return input instanceof tf.Tensor;
}

/** TensorFlow's type of a tensor of tfjs. */
export function dataTypeOf(tensor: Tensor): number {
  switch (tensor.dtype) {
    case 'float32':
      return DATA_TYPE.float;
    case 'int32':
      return DATA_TYPE.int32;
    case 'bool':
      return DATA_TYPE.bool;
    default:
      throw new TypeError(`tensor: received ${tensor.dtype}, expected float32, int32 or bool`);
  }
}

/** The type in which an input is fed. */
export function feedTypeOf(input: Input): number {
  if (isTensor(input)) return dataTypeOf(input);
  if (input.values instanceof Float32Array) return DATA_TYPE.float;
  return input.values instanceof Int32Array ? DATA_TYPE.int32 : DATA_TYPE.uint8;
}

/** An input's values; those of a tensor that tfjs has not uploaded yet are not copied. */
export function valuesOf(input: Input): ArrayBufferView {
  return isTensor(input) ? (input.dataSync() as unknown as ArrayBufferView) : input.values;
}

/** The tensor as which a function gets an input. The caller disposes of it, unless it was one. */
export function asTensor(input: Input): Tensor {
  if (isTensor(input)) return input;
  const { values, shape } = input;
  if (values instanceof Int32Array) return tf.tensor(values, [...shape], 'int32');
  return tf.tensor(values instanceof Uint8Array ? new Float32Array(values) : values, [...shape], 'float32');
}

/** What is fetched, as a tensor; it goes to TensorFlow's memory only where it is used there. */
export function tensorOf(type: number, shape: number[], bytes: ArrayBuffer): Tensor {
  switch (type) {
    case DATA_TYPE.float:
      return tf.tensor(new Float32Array(bytes), shape, 'float32');
    case DATA_TYPE.int32:
      return tf.tensor(new Int32Array(bytes), shape, 'int32');
    case DATA_TYPE.bool:
      return tf.tensor(new Uint8Array(bytes), shape, 'bool');
    default:
      throw new TypeError(`result: received TensorFlow's type ${type}, expected float, int32 or bool`);
  }
}
