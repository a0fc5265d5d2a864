import { attribute, runKernel } from './kernel.js';
import { type TensorFlow, tf } from './tensorflow.js';
import { withGradient } from './with-gradient.js';

/**
 * Cross entropy of each row between target probabilities and softmax(logits), in one kernel that also
 * computes the gradient (TensorFlow's SoftmaxCrossEntropyWithLogits).
 * @param logits [batch, classes] float32
 * @param targets [batch, classes] probabilities; each row sums to 1. They get no gradient.
 * @returns [batch] losses in nats
 */
export function softmaxCrossEntropy(
  logits: TensorFlow.Tensor2D,
  targets: TensorFlow.Tensor2D,
): TensorFlow.Tensor1D {
  return withGradient(
    [logits],
    ([z], save) => {
      const outputs = runKernel('SoftmaxCrossEntropyWithLogits', [attribute.float32('T')], [z!, targets], 2);
      save([outputs[1]!]);
      return outputs[0] as TensorFlow.Tensor1D;
    },
    (gradient, [logitGradient]) => [tf.mul(logitGradient!, tf.expandDims(gradient, 1))],
  );
}
