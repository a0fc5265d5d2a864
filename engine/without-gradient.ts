import { tf } from './tensorflow.js';

/**
 * What a function makes of tensors, as a constant to all gradients: TensorFlow's stop_gradient, which tfjs lacks.
 * Nothing that it does is recorded, so operations without a gradient are welcome in it.
 */
export function withoutGradient<T>(compute: () => T): T {
  const { state } = tf.engine();
  const { gradientDepth } = state;
  state.gradientDepth = 0;
  try {
    return compute();
  } finally {
    state.gradientDepth = gradientDepth;
  }
}
