import { type TensorFlow, tf } from '../../engine/tensorflow.js';

type Variable = TensorFlow.Variable;

/**
 * A list of variables seen as one vector: optimizer, averages and checkpoints then take a handful of large
 * operations instead of hundreds of small ones.
 */
export class FlatWeights {
  readonly length: number;
  private readonly sizes: number[];

  constructor(readonly variables: readonly Variable[]) {
    this.sizes = variables.map((variable) => variable.size);
    this.length = this.sizes.reduce((sum, size) => sum + size, 0);
  }

  /** All values one after another, [length] float32. */
  read(): TensorFlow.Tensor1D {
    return flatten(this.variables);
  }

  /** Sets all variables. */
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

/** Tensors one after another as one vector. */
export function flatten(tensors: readonly TensorFlow.Tensor[]): TensorFlow.Tensor1D {
  if (tensors.length === 0) return tf.tensor1d([], 'float32');
  return tf.tidy(() =>
    tf.concat1d(tensors.map((tensor) => tf.reshape(tensor, [tensor.size]) as TensorFlow.Tensor1D)),
  );
}
