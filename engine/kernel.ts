import { ATTRIBUTE, DATA_TYPE, nodeBackend, type OperationAttribute } from './binding.js';
import type { TensorFlow } from './tensorflow.js';

/**
 * Runs a TensorFlow operation that tfjs does not expose.
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
  bool: (name: string, value: boolean) => ({ name, type: ATTRIBUTE.bool, value }),
  float: (name: string, value: number) => ({ name, type: ATTRIBUTE.float, value }),
  int: (name: string, value: number) => ({ name, type: ATTRIBUTE.int, value }),
  string: (name: string, value: string) => ({ name, type: ATTRIBUTE.string, value }),
  float32: (name: string) => ({ name, type: ATTRIBUTE.type, value: DATA_TYPE.float }),
  int32: (name: string) => ({ name, type: ATTRIBUTE.type, value: DATA_TYPE.int32 }),
};
