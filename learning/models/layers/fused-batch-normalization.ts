import { batchNormInference, batchNormTraining } from '../../../engine/batch-norm.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';

type Vector = TensorFlow.Tensor1D;

/** Private fields of the stock layer. */
interface Internals {
  readonly axis: number;
  readonly epsilon: number;
  readonly momentum: number;
  readonly gamma: TensorFlow.LayerVariable | null;
  readonly beta: TensorFlow.LayerVariable | null;
  readonly movingMean: TensorFlow.LayerVariable;
  readonly movingVariance: TensorFlow.LayerVariable;
}

const StockBatchNormalization = tf.layers.batchNormalization()
  .constructor as TensorFlow.serialization.SerializableConstructor<TensorFlow.layers.Layer>;

let isFrozen: (layerName: string) => boolean = () => false;

/**
 * Runs one training step in which the batch norms of frozen layers use their running statistics and do not update them.
 */
export function withFrozenNorms<T>(frozen: (layerName: string) => boolean, step: () => T): T {
  const outer = isFrozen;
  isFrozen = frozen;
  try {
    return step();
  } finally {
    isFrozen = outer;
  }
}

/**
 * The stock BatchNormalization layer on fused kernels. It keeps the stock class name, so a model saved here
 * loads in plain tfjs with the same predictions; and since it is registered under that name, every model loaded here
 * trains on the fused kernels.
 */
export class FusedBatchNormalization extends StockBatchNormalization {
  static override className = 'BatchNormalization';

  override call(
    inputs: TensorFlow.Tensor | TensorFlow.Tensor[],
    kwargs: { training?: boolean },
  ): TensorFlow.Tensor | TensorFlow.Tensor[] {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs;
    const layer = this as unknown as Internals;
    const training = kwargs.training === true && !isFrozen(this.name);
    const channelsLast = layer.axis === -1 || layer.axis === input.rank - 1;
    if (input.rank !== 4 || !channelsLast || !layer.gamma || !layer.beta) {
      return super.call(inputs, { ...kwargs, training });
    }

    const scale = layer.gamma.read() as Vector;
    const offset = layer.beta.read() as Vector;
    const images = input as TensorFlow.Tensor4D;
    if (!training) {
      const mean = layer.movingMean.read() as Vector;
      const variance = layer.movingVariance.read() as Vector;
      return batchNormInference(images, scale, offset, mean, variance, layer.epsilon);
    }
    return batchNormTraining(images, scale, offset, layer.epsilon, (mean, variance) => {
      updateMoving(layer.movingMean, mean, layer.momentum);
      updateMoving(layer.movingVariance, variance, layer.momentum);
    });
  }
}

/** moving <- moving * momentum + batch * (1 - momentum) */
function updateMoving(moving: TensorFlow.LayerVariable, batch: Vector, momentum: number): void {
  moving.write(tf.tidy(() => tf.add(tf.mul(moving.read(), momentum), tf.mul(batch, 1 - momentum))));
}

tf.serialization.registerClass(FusedBatchNormalization);
