import { type TensorFlow, tf } from '../../engine/tensorflow.js';

type Variable = TensorFlow.Variable;

/**
 * A list of variables as one vector: optimizer, averages and checkpoints then need a few large operations instead of
 * hundreds of small ones.
 */
export class FlatWeights {
  readonly length: number;
  private readonly sizes: number[];

  constructor(readonly variables: readonly Variable[]) {
    this.sizes = variables.map((variable) => variable.size);
    this.length = this.sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Returns all values in one vector, [length] float32. */
  read(): TensorFlow.Tensor1D {
    return flatten(this.variables);
  }

  /** Assigns all variables from one vector, [length] float32. */
  write(flat: TensorFlow.Tensor1D): void {
    if (this.variables.length === 0) return;
    tf.tidy(() => {
      const parts = tf.split(flat, this.sizes);
      this.variables.forEach((variable, index) => {
        variable.assign(tf.reshape(parts[index]!, variable.shape));
      });
    });
  }
}

/** Concatenates the values of tensors to one vector. */
export function flatten(tensors: readonly TensorFlow.Tensor[]): TensorFlow.Tensor1D {
  if (tensors.length === 0) return tf.tensor1d([], 'float32');
  return tf.tidy(() =>
    tf.concat1d(tensors.map((tensor) => tf.reshape(tensor, [tensor.size]) as TensorFlow.Tensor1D)),
  );
}
