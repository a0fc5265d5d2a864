import { type TensorFlow, tf } from './tensorflow.js';

type Tensor = TensorFlow.Tensor;

/**
 * A result with a gradient of our own: `tf.customGrad`, with types that can be read.
 * @param inputs the tensors that get gradients
 * @param forward computes the result; what it hands to `save` reaches `backward`. Other tensors that it
 *   makes are disposed when it returns.
 * @param backward gradients of the inputs, in their order, from the gradient of the result
 */
export function withGradient<T extends Tensor>(
  inputs: readonly Tensor[],
  forward: (inputs: readonly Tensor[], save: (tensors: Tensor[]) => void) => T,
  backward: (outputGradient: T, saved: readonly Tensor[]) => Tensor[],
): T {
  const operation = tf.customGrad((...values) => {
    const save = values.at(-1) as unknown as (tensors: Tensor[]) => void;
    const value = forward(values.slice(0, -1) as Tensor[], save);
    return { value, gradFunc: (gradient: Tensor, saved: Tensor[]) => backward(gradient as T, saved) };
  });
  return operation(...inputs) as T;
}
