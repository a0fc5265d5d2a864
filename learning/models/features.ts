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

/** What a network sees in images just before it decides between its classes. */
export interface Features {
  /** [count * width], row by row. */
  readonly features: Float32Array;
  readonly width: number;
}

/**
 * The input of the last weighted layer: what the layers before it make of the images. Layers behind it that have
 * no kernel (dropout, softmax, pooling, normalisation) are passed over.
 * @throws ModelError when no single chain of layers leads there from the output
 */
export function featureTensor(network: TensorFlow.LayersModel): TensorFlow.SymbolicTensor {
  let tensor = withoutSoftmax(network).outputs[0]!;
  for (;;) {
    const layer = tensor.sourceLayer;
    const nested = layer instanceof tf.LayersModel;
    const input =
      layer.getClassName() === 'InputLayer' || nested ? undefined : layer.getInputAt(tensor.nodeIndex);
    if (input === undefined || Array.isArray(input)) {
      throw new ModelError(
        `model: its last weighted layer is not to be found: from the output it leads to "${layer.name}" (${layer.getClassName()}), expected a single chain of layers that ends in one with a kernel, for example a dense one`,
      );
    }
    if (hasKernel(layer)) return input;
    tensor = input;
  }
}

/**
 * A network without its last weighted layer, which shares the layers that are left. Features of a place in the image
 * are averaged over places.
 * @returns images [batch, height, width, channels] to features [batch, width]
 * @throws ModelError as {@link featureTensor}, or when features have no fixed width
 */
export function featureNetwork(network: TensorFlow.LayersModel): TensorFlow.LayersModel {
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
 * A network's logits and its features together, in one look at the images; it shares all layers.
 * @throws ModelError as {@link featureNetwork}
 */
export function withFeatures(network: TensorFlow.LayersModel): TensorFlow.LayersModel {
  const [logits, features] = [withoutSoftmax(network), featureNetwork(network)];
  return tf.model({ inputs: network.inputs, outputs: [logits.outputs[0]!, features.outputs[0]!] });
}

/**
 * A model's features of clean images, in inference mode: the pooled input of its last weighted layer.
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
      const look = compileForImages(
        program,
        request.images.shape,
        (pixels) => backbone.apply(pixels, { training: false }) as TensorFlow.Tensor2D,
      );
      return { features: await inBatches(look, width, request), width };
    } finally {
      program.dispose();
    }
  } finally {
    network.dispose();
  }
}
