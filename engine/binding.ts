import { type TensorFlow, tf } from './tensorflow.js';

/** An attribute of a TensorFlow operation, in the binding's form. */
export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

export interface TensorMetadata {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

/** The native binding of tfjs-node, which executes every kernel. */
export interface Binding {
  createTensor(shape: number[], dtype: number, values: ArrayBufferView): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): ArrayBufferView;
  executeOp(
    name: string,
    attributes: OperationAttribute[],
    inputIds: number[],
    outputs: number,
  ): TensorMetadata[];
}

export { ATTRIBUTE, DATA_TYPE } from './attribute-kinds.js';

/** Internals of tfjs-node's backend. */
export interface NodeBackend {
  binding: Binding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: { get(dataId: object): { id: number } | undefined };
  readSync(dataId: object): unknown;
  write(values: unknown, shape: number[], dtype: string): object;
  getInputTensorIds(tensors: TensorFlow.Tensor[]): number[];
  executeMultipleOutputs(
    name: string,
    attributes: OperationAttribute[],
    inputs: TensorFlow.Tensor[],
    outputs: number,
  ): TensorFlow.Tensor[];
}

export function nodeBackend(): NodeBackend {
  return tf.backend() as unknown as NodeBackend;
}
