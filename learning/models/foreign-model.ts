import { ModelError } from '../../domain/errors.js';
import type { ImageShape } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import type { TensorFlow } from '../../engine/tensorflow.js';
import { loadSavedModel, storeModel } from './serialisation.js';

/** A saved model that Apprentice did not write. */
export interface ForeignModel {
  readonly model: StoredModel;
  readonly image: ImageShape;
  /** Numbers as class names, since the file has none. */
  readonly classes: readonly string[];
}

/**
 * Reads a saved LayersModel.
 * @param path a folder with model.json, or the file itself
 * @param field of the configuration that gives the path, for errors
 * @throws ModelError when it does not load, or its input is no image
 */
export async function foreignModel(path: string, field: string): Promise<ForeignModel> {
  const network = await loadSavedModel(path, field);
  try {
    const outputs = network.outputs[0]!.shape.at(-1) ?? 0;
    return {
      model: await storeModel(network),
      image: imageOf(network, `${field}: received ${path}`),
      classes: Array.from({ length: outputs }, (_, label) => String(label)),
    };
  } finally {
    network.dispose();
  }
}

function imageOf(network: TensorFlow.LayersModel, received: string): ImageShape {
  const [height, width, channels] = network.inputs[0]!.shape.slice(1);
  if (height && width && (channels === 1 || channels === 3)) return { height, width, channels };
  throw new ModelError(
    `${received} with an input of shape ${JSON.stringify(network.inputs[0]!.shape)}, expected [null, height, width, 1 or 3]`,
  );
}
