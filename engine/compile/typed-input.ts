import { DATA_TYPE } from '../binding.js';
import { type TensorFlow, tf } from '../tensorflow.js';

type Tensor = TensorFlow.Tensor;

/** Values that are fed without creating a tensor. Uint8 values become float32 in the function. */
export interface TypedInput {
  readonly values: Float32Array | Int32Array | Uint8Array;
  readonly shape: readonly number[];
}

export type Input = Tensor | TypedInput;

export function isTensor(input: Input): input is Tensor {
  return input instanceof tf.Tensor;
}

/** Returns TensorFlow's type of a tfjs tensor. */
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

/** @throws TypeError when an input is neither a tensor nor values with a shape */
export function expectInput(name: string, input: Input): void {
  if (isTensor(input)) return;
  const { values, shape } = (input ?? {}) as Partial<TypedInput>;
  const isKnown = [Float32Array, Int32Array, Uint8Array, Uint8ClampedArray].some(
    (kind) => values instanceof kind,
  );
  if (isKnown && Array.isArray(shape)) return;
  const received = values === undefined ? String(input) : Object.prototype.toString.call(values).slice(8, -1);
  throw new TypeError(
    `input "${name}": received ${received}, expected a tensor, or { values: Float32Array, Int32Array or Uint8Array, shape: [sizes] }`,
  );
}

/** Returns the type in which an input is fed. */
export function feedTypeOf(input: Input): number {
  if (isTensor(input)) return dataTypeOf(input);
  if (input.values instanceof Float32Array) return DATA_TYPE.float;
  return input.values instanceof Int32Array ? DATA_TYPE.int32 : DATA_TYPE.uint8;
}

/** Returns an input's values, without a copy if tfjs has not uploaded the tensor yet. */
export function valuesOf(input: Input): ArrayBufferView {
  return isTensor(input) ? (input.dataSync() as unknown as ArrayBufferView) : input.values;
}

/** Converts typed values to the tensor that the function receives. */
export function asTensor({ values, shape }: TypedInput): Tensor {
  if (values instanceof Int32Array) return tf.tensor(values, [...shape], 'int32');
  return tf.tensor(values instanceof Float32Array ? values : new Float32Array(values), [...shape], 'float32');
}

/** Returns a new tensor with an input's values, because one tensor may be passed as two inputs. */
export function ownTensor(input: Input): Tensor {
  return isTensor(input) ? ownCopy(input) : asTensor(input);
}

/** Returns a tensor with the same values in its own memory. */
export function ownCopy(tensor: Tensor): Tensor {
  return tf.tensor(tensor.dataSync().slice(), tensor.shape, tensor.dtype);
}

/** Converts a fetched result to a tensor; tfjs uploads it only when an operation uses it. */
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
