import { tf } from './tensorflow.js';

/**
 * Runs a function without recording gradients, so that its result is a constant to them (TensorFlow's stop_gradient,
 * which tfjs lacks). The function may use operations that have no gradient.
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
