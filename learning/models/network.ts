import type { ModelSpec } from '../../domain/config/model.js';
import { ModelError } from '../../domain/errors.js';
import type { TensorFlow } from '../../engine/tensorflow.js';
import { moduleNetwork } from './module-network.js';
import { type NetworkNeeds, residualNetwork } from './residual.js';
import { expectSavedClasses } from './saved-classes.js';
import { loadSavedModel } from './serialisation.js';
import { takesImages } from './takes-images.js';

function construct(
  spec: ModelSpec,
  needs: NetworkNeeds,
  field: string,
): TensorFlow.LayersModel | Promise<TensorFlow.LayersModel> {
  switch (spec.kind) {
    case 'residual':
      return residualNetwork(spec, needs);
    case 'module':
      return moduleNetwork(spec, needs, field);
    case 'saved':
      return loadSavedModel(spec.path, field);
  }
}

/** Layers of tfjs that draw noise in JavaScript: it would not be keyed, and constant in a compiled step. */
const UNKEYED_NOISE = ['GaussianNoise', 'GaussianDropout', 'AlphaDropout'];

/**
 * @param field of the configuration that names the network
 * @throws ModelError when a network takes other images, has another number of classes, or draws unkeyed noise
 */
export function assertFits(
  model: TensorFlow.LayersModel,
  { image, classes }: Pick<NetworkNeeds, 'image' | 'classes'>,
  field = 'model',
): void {
  const expected = [image.height, image.width, image.channels];
  const shape = model.inputs[0]!.shape.slice(1);
  if (!takesImages(shape, image)) {
    throw new ModelError(
      `${field}: received an input of ${JSON.stringify([null, ...shape])}, expected ${JSON.stringify([null, ...expected])} for this data set: use another network, or set data.image to the size that it takes`,
    );
  }
  const outputs = model.outputs[0]!.shape.at(-1);
  if (outputs !== classes) {
    throw new ModelError(
      `${field}: received an output of ${outputs} classes, expected ${classes} for this data set`,
    );
  }
  const noisy = model.layers.find((layer) => UNKEYED_NOISE.includes(layer.getClassName()));
  if (noisy) {
    throw new ModelError(
      `${field}: received a layer "${noisy.name}", a ${noisy.getClassName()}, whose noise a resumed training can't repeat; expected noise by tf.layers.dropout`,
    );
  }
}

/** What is known of a network besides its shape. */
export interface NetworkContext {
  /** Field of the configuration that names it. */
  readonly field?: string;
  /** Names of the classes in their order; a saved model with class names must have the same. */
  readonly classes?: readonly string[];
}

/**
 * Builds a network, ready to train.
 * @throws ModelError when a user's module or saved model does not load, or has another input, class count or classes
 */
export async function buildNetwork(
  spec: ModelSpec,
  needs: NetworkNeeds,
  { field = 'model', classes }: NetworkContext = {},
): Promise<TensorFlow.LayersModel> {
  const path = spec.kind === 'residual' ? field : `${field}.path`;
  const model = await construct(spec, needs, path);
  try {
    if (spec.kind === 'saved' && classes)
      expectSavedClasses(model, classes, `${path}: received ${spec.path}`);
    assertFits(model, needs, path);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}
