import type { ModelSpec } from '../../domain/config/model.js';
import { ModelError } from '../../domain/errors.js';
import type { TensorFlow } from '../../engine/tensorflow.js';
import { moduleNetwork } from './module-network.js';
import { type NetworkNeeds, residualNetwork } from './residual.js';
import { loadSavedModel } from './serialisation.js';

function construct(
  spec: ModelSpec,
  needs: NetworkNeeds,
): TensorFlow.LayersModel | Promise<TensorFlow.LayersModel> {
  switch (spec.kind) {
    case 'residual':
      return residualNetwork(spec, needs);
    case 'module':
      return moduleNetwork(spec, needs);
    case 'saved':
      return loadSavedModel(spec.path);
  }
}

/** Layers of tfjs that draw in JavaScript: their noise would not be keyed, and a compiled step would freeze it. */
const UNKEYED_NOISE = ['GaussianNoise', 'GaussianDropout', 'AlphaDropout'];

/** @throws ModelError when a network takes other images, tells other classes, or makes noise that can't be repeated */
export function assertFits(
  model: TensorFlow.LayersModel,
  { image, classes }: Pick<NetworkNeeds, 'image' | 'classes'>,
): void {
  const { height, width, channels } = image;
  const expected = [height, width, channels];
  const shape = model.inputs[0]!.shape.slice(1);
  const fits = shape.length === 3 && shape.every((size, axis) => size === null || size === expected[axis]);
  if (!fits) {
    throw new ModelError(
      `model input: received ${JSON.stringify([null, ...shape])}, expected ${JSON.stringify([null, ...expected])} for this data set`,
    );
  }
  const outputs = model.outputs[0]!.shape.at(-1);
  if (outputs !== classes) {
    throw new ModelError(`model output: received ${outputs} classes, expected ${classes} for this data set`);
  }
  const noisy = model.layers.find((layer) => UNKEYED_NOISE.includes(layer.getClassName()));
  if (noisy) {
    throw new ModelError(
      `model layer "${noisy.name}": received a ${noisy.getClassName()}, whose noise no resumed training can repeat; expected noise by tf.layers.dropout`,
    );
  }
}

/**
 * Builds a network of the ladder, or a user's own, ready to train.
 * @throws ModelError when a user's module or saved model does not load, or has another input or class count.
 */
export async function buildNetwork(spec: ModelSpec, needs: NetworkNeeds): Promise<TensorFlow.LayersModel> {
  const model = await construct(spec, needs);
  assertFits(model, needs);
  return model;
}
