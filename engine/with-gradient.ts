import { type TensorFlow, tf } from './tensorflow.js';

type Tensor = TensorFlow.Tensor;

/**
 * Computes a result with a custom gradient: `tf.customGrad` with readable types.
 * @param inputs tensors that get gradients
 * @param forward computes the result; tensors passed to `save` are available in `backward`, others that it
 *   creates are disposed when it returns
 * @param backward computes the gradients of the inputs, in their order, from the gradient of the result
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
