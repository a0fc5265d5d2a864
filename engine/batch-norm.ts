import { attribute, runKernel } from './kernel.js';
import type { TensorFlow } from './tensorflow.js';
import { tf } from './tensorflow.js';
import { withGradient } from './with-gradient.js';

type Vector = TensorFlow.Tensor1D;
type Images = TensorFlow.Tensor4D;

function attributes(epsilon: number, training: boolean) {
  return [
    attribute.float32('T'),
    attribute.float32('U'),
    attribute.float('epsilon', epsilon),
    attribute.string('data_format', 'NHWC'),
    attribute.bool('is_training', training),
  ];
}

/**
 * Batch normalisation with the batch's statistics in one kernel, and its gradient in another; tfjs needs a dozen
 * element-wise kernels (Ioffe and Szegedy 2015; TensorFlow's FusedBatchNormV3).
 * @param images [batch, height, width, channels] float32
 * @param scale [channels] gamma
 * @param offset [channels] beta
 * @param epsilon added to the variance
 * @param onStatistics receives mean and variance [channels] of the batch, the variance with Bessel's
 *   correction; both are disposed after it returns and have no gradient.
 */
export function batchNormTraining(
  images: Images,
  scale: Vector,
  offset: Vector,
  epsilon: number,
  onStatistics: (mean: Vector, variance: Vector) => void,
): Images {
  return withGradient(
    [images, scale, offset],
    ([x, gamma, beta], save) => {
      const none = tf.tensor1d([]);
      const [normalised, mean, variance, ...reserved] = runKernel(
        'FusedBatchNormV3',
        attributes(epsilon, true),
        [x!, gamma!, beta!, none, none],
        6,
      );
      onStatistics(mean as Vector, variance as Vector);
      save([x!, gamma!, ...reserved]);
      return normalised as Images;
    },
    (gradient, saved) =>
      runKernel('FusedBatchNormGradV3', attributes(epsilon, true), [gradient, ...saved], 5).slice(0, 3),
  );
}

/**
 * Batch normalisation with running statistics in one kernel, and its gradient in another.
 * @param images [batch, height, width, channels] float32
 * @param mean [channels]; mean and variance get no gradient
 */
export function batchNormInference(
  images: Images,
  scale: Vector,
  offset: Vector,
  mean: Vector,
  variance: Vector,
  epsilon: number,
): Images {
  return withGradient(
    [images, scale, offset],
    ([x, gamma, beta], save) => {
      const inputs = [x!, gamma!, beta!, mean, variance];
      save([x!, gamma!, mean, variance]);
      return runKernel('FusedBatchNormV3', attributes(epsilon, false), inputs, 6)[0] as Images;
    },
    (gradient, saved) => {
      const inputs = [gradient, ...saved, tf.tensor1d([])];
      return runKernel('FusedBatchNormGradV3', attributes(epsilon, false), inputs, 5).slice(0, 3);
    },
  );
}
