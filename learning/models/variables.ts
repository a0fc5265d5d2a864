import type { TensorFlow } from '../../engine/tensorflow.js';

/** The variables behind a layers model's weights, which tfjs-layers keeps to itself. */
export function variablesOf(weights: readonly TensorFlow.LayerVariable[]): TensorFlow.Variable[] {
  return weights.map((weight) => weight.read() as TensorFlow.Variable);
}
