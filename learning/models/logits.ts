import { ModelError } from '../../domain/errors.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';

/**
 * Returns the same network without its final softmax, since losses and temperatures are exact on logits. It shares all
 * layers and weights with the given model. A model that ends in a linear layer is assumed to output logits.
 * @throws ModelError when the model has several inputs or outputs, or the output is not [batch, classes]
 */
export function withoutSoftmax(model: TensorFlow.LayersModel): TensorFlow.LayersModel {
  if (model.inputs.length !== 1 || model.outputs.length !== 1 || model.outputs[0]!.shape.length !== 2) {
    throw new ModelError(
      `model: received ${model.inputs.length} inputs and outputs of shape ${JSON.stringify(model.outputs.map((output) => output.shape))}, expected one input of images and one output [batch, classes]`,
    );
  }
  const last = model.outputs[0]!.sourceLayer;
  const config = last.getConfig() as { activation?: string };
  const isSoftmaxLayer =
    last.getClassName() === 'Softmax' ||
    (last.getClassName() === 'Activation' && config.activation === 'softmax');
  if (isSoftmaxLayer) {
    return tf.model({ inputs: model.inputs, outputs: last.input as TensorFlow.SymbolicTensor });
  }
  if (config.activation === undefined || config.activation === 'linear') return model;
  throw new ModelError(
    `model: its last layer "${last.name}" has the activation ${config.activation}, expected none, or a separate softmax layer: remove the activation and add tf.layers.softmax() after it`,
  );
}
