import { randomUniform } from '../../../engine/random-uniform.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';

/** Seeds of one training step: a [2] int32 tensor for each noisy layer, by the layer's name. */
export type StepNoise = (layerName: string) => TensorFlow.Tensor1D;

let currentNoise: StepNoise | undefined;

/** Runs one training step whose dropout uses these seeds. */
export function withStepNoise<T>(noise: StepNoise, step: () => T): T {
  const outer = currentNoise;
  currentNoise = noise;
  try {
    return step();
  } finally {
    currentNoise = outer;
  }
}

interface Internals {
  readonly rate: number;
  readonly noiseShape: ReadonlyArray<number | null> | null | undefined;
}

const StockDropout = tf.layers.dropout({ rate: 0 })
  .constructor as TensorFlow.serialization.SerializableConstructor<TensorFlow.layers.Layer>;

/**
 * The stock Dropout layer (Srivastava et al. 2014) with keyed seeds for each step instead of a random stream, so that a
 * resumed step drops the same values as the first attempt. Kept values are divided by 1 - rate.
 *
 * With noiseShape [null, 1, 1, 1] it drops whole images: at the end of a residual branch that is stochastic depth
 * (Huang et al. 2016).
 */
export class KeyedDropout extends StockDropout {
  static override className = 'Dropout';

  override call(
    inputs: TensorFlow.Tensor | TensorFlow.Tensor[],
    kwargs: { training?: boolean },
  ): TensorFlow.Tensor | TensorFlow.Tensor[] {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs;
    const { rate, noiseShape } = this as unknown as Internals;
    if (!kwargs.training || rate === 0) return input;
    if (!currentNoise) {
      throw new Error(`dropout layer "${this.name}" ran in training outside withStepNoise: it has no seed`);
    }
    const seed = currentNoise(this.name);
    const shape = input.shape.map((size, axis) => noiseShape?.[axis] ?? size);
    return tf.tidy(() => {
      const kept = tf.cast(tf.greaterEqual(randomUniform(shape, seed), rate), 'float32');
      return tf.mul(input, tf.mul(kept, 1 / (1 - rate)));
    });
  }
}

tf.serialization.registerClass(KeyedDropout);

/** Whether a layer needs a seed at each training step. */
export function drawsNoise(layer: TensorFlow.layers.Layer): boolean {
  return layer instanceof KeyedDropout && (layer as unknown as Internals).rate > 0;
}
