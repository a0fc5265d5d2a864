import type { TensorFlow } from '../../engine/tensorflow.js';

/** Returns the variables of a LayersModel's weights, which tfjs-layers does not expose. */
export function variablesOf(weights: readonly TensorFlow.LayerVariable[]): TensorFlow.Variable[] {
  return weights.map((weight) => weight.read() as TensorFlow.Variable);
}
