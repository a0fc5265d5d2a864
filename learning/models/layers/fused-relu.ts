import { type TensorFlow, tf } from '../../../engine/tensorflow.js';

const StockReLU = tf.layers.reLU()
  .constructor as TensorFlow.serialization.SerializableConstructor<TensorFlow.layers.Layer>;

/** The stock ReLU layer; with a maximum of 6 it is one operation instead of two. It keeps the stock class name. */
export class FusedReLU extends StockReLU {
  static override className = 'ReLU';

  override call(
    inputs: TensorFlow.Tensor | TensorFlow.Tensor[],
    kwargs: object,
  ): TensorFlow.Tensor | TensorFlow.Tensor[] {
    const { maxValue } = this as unknown as { maxValue: number | undefined };
    if (maxValue !== 6) return super.call(inputs, kwargs);
    return tf.relu6(Array.isArray(inputs) ? inputs[0]! : inputs);
  }
}

tf.serialization.registerClass(FusedReLU);
