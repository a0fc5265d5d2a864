import { ModelError } from '../../domain/errors.js';
import { Program } from '../../engine/compile/program.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { compileForImages } from './compile-for-images.js';
import { hasKernel } from './has-kernel.js';
import { inBatches } from './in-batches.js';
import { withoutSoftmax } from './logits.js';
import type { PredictionRequest } from './predict.js';
import { restoreModel } from './serialisation.js';
import { variablesOf } from './variables.js';

/** The inputs of a network's last weighted layer. */
export interface Features {
  /** [count * width], row by row. */
  readonly features: Float32Array;
  readonly width: number;
}

/**
 * Returns the input of the last weighted layer. Layers after it that have no kernel (dropout, softmax, pooling,
 * normalisation) are skipped.
 * @throws ModelError when the network does not end in a single chain of layers
 */
function featureTensor(network: TensorFlow.LayersModel): TensorFlow.SymbolicTensor {
  let tensor = withoutSoftmax(network).outputs[0]!;
  for (;;) {
    const layer = tensor.sourceLayer;
    const nested = layer instanceof tf.LayersModel;
    const input =
      layer.getClassName() === 'InputLayer' || nested ? undefined : layer.getInputAt(tensor.nodeIndex);
    if (input === undefined || Array.isArray(input)) {
      throw new ModelError(
        `model: received a network without a last weighted layer: the chain from its output ends at "${layer.name}" (${layer.getClassName()}), expected a single chain of layers that ends in one with a kernel, for example a dense one`,
      );
    }
    if (hasKernel(layer)) return input;
    tensor = input;
  }
}

/**
 * Returns a network without its last weighted layer; it shares the remaining layers. Feature maps are averaged over
 * their positions.
 * @returns images [batch, height, width, channels] to features [batch, width]
 * @throws ModelError as {@link featureTensor}, or when the width of the features is not fixed
 */
function featureNetwork(network: TensorFlow.LayersModel): TensorFlow.LayersModel {
  const tensor = featureTensor(network);
  const { shape } = tensor;
  if (shape.at(-1) === null || (shape.length !== 2 && shape.length !== 4)) {
    throw new ModelError(
      `model: received features of shape ${JSON.stringify(shape)} before its last weighted layer, expected [batch, width] or [batch, height, width, channels]`,
    );
  }
  const pooled =
    shape.length === 2
      ? tensor
      : (tf.layers.globalAveragePooling2d({}).apply(tensor) as TensorFlow.SymbolicTensor);
  return tf.model({ inputs: network.inputs, outputs: pooled });
}

/**
 * Returns a network with two outputs, logits and features, from one forward pass; it shares all layers.
 * @throws ModelError as {@link featureNetwork}
 */
export function withFeatures(network: TensorFlow.LayersModel): TensorFlow.LayersModel {
  const [logits, features] = [withoutSoftmax(network), featureNetwork(network)];
  return tf.model({ inputs: network.inputs, outputs: [logits.outputs[0]!, features.outputs[0]!] });
}

/**
 * Returns a model's features of clean images, in inference mode: the pooled inputs of its last weighted layer.
 * @throws ModelError as {@link featureNetwork}
 * @throws the signal's reason when aborted
 */
export async function featuresOf({ model, ...request }: PredictionRequest): Promise<Features> {
  const network = await restoreModel(model);
  try {
    const backbone = featureNetwork(network);
    const width = backbone.outputs[0]!.shape.at(-1)!;
    const program = new Program(variablesOf(backbone.weights), { frozen: true });
    try {
      const extract = compileForImages(
        program,
        request.images.shape,
        (pixels) => backbone.apply(pixels, { training: false }) as TensorFlow.Tensor2D,
      );
      return { features: await inBatches(extract, width, request), width };
    } finally {
      program.dispose();
    }
  } finally {
    network.dispose();
  }
}
