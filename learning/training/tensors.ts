import type { TensorFlow } from '../../engine/tensorflow.js';

export type Vector = TensorFlow.Tensor1D;
export type Matrix = TensorFlow.Tensor2D;
/** Tensors by name. */
export type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;
