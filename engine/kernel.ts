import { type TensorFlow, tf } from './tensorflow.js';

/** An attribute of a TensorFlow operation, in the binding's form. */
export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

interface NodeBackend {
  readonly binding: {
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_FLOAT: number;
    readonly TF_INT32: number;
    readonly TF_INT64: number;
  };
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

/**
 * Runs a TensorFlow operation that tfjs has no name for.
 * @param name as in TensorFlow's operation registry, for example `FusedBatchNormV3`.
 */
export function runKernel(
  name: string,
  attributes: OperationAttribute[],
  inputs: TensorFlow.Tensor[],
  outputs: number,
): TensorFlow.Tensor[] {
  return nodeBackend().executeMultipleOutputs(name, attributes, inputs, outputs);
}

export const attribute = {
  bool: (name: string, value: boolean) => ({ name, type: nodeBackend().binding.TF_ATTR_BOOL, value }),
  float: (name: string, value: number) => ({ name, type: nodeBackend().binding.TF_ATTR_FLOAT, value }),
  int: (name: string, value: number) => ({ name, type: nodeBackend().binding.TF_ATTR_INT, value }),
  string: (name: string, value: string) => ({ name, type: nodeBackend().binding.TF_ATTR_STRING, value }),
  float32: (name: string) => ({
    name,
    type: nodeBackend().binding.TF_ATTR_TYPE,
    value: nodeBackend().binding.TF_FLOAT,
  }),
  int32: (name: string) => ({
    name,
    type: nodeBackend().binding.TF_ATTR_TYPE,
    value: nodeBackend().binding.TF_INT32,
  }),
};
