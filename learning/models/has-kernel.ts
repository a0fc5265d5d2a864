import type { TensorFlow } from '../../engine/tensorflow.js';

/** Whether a layer has a kernel: dense and convolutional layers do, normalisation and activations don't. */
export function hasKernel(layer: TensorFlow.layers.Layer): boolean {
  return layer.weights.some(({ shape }) => shape.length > 1);
}
