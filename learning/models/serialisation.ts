import { pathToFileURL } from 'node:url';
import type { io } from '@tensorflow/tfjs-core';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import './layers/fused-batch-normalization.js';
import './layers/fused-relu.js';
import './layers/keyed-dropout.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { savedModelLoadError } from './load-errors.js';
import { readSavedModel } from './saved-model-file.js';

/** Returns a model as bytes, in the tfjs layers format. */
export async function storeModel(model: TensorFlow.LayersModel): Promise<StoredModel> {
  let stored: StoredModel | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      stored = {
        topology: artifacts.modelTopology,
        weightSpecs: artifacts.weightSpecs ?? [],
        weights: new Uint8Array(
          tf.io.concatenateArrayBuffers([artifacts.weightData].flat() as ArrayBuffer[]),
        ),
      };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return stored!;
}

/** Restores the model that {@link storeModel} returned. The caller disposes it. */
export function restoreModel(stored: StoredModel): Promise<TensorFlow.LayersModel> {
  const { topology, weightSpecs, weights } = stored;
  // The bytes may be a view into a larger buffer; TensorFlow needs a buffer of its own.
  const weightData = weights.buffer.slice(
    weights.byteOffset,
    weights.byteOffset + weights.byteLength,
  ) as ArrayBuffer;
  return tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology: topology as object, weightSpecs, weightData } as io.ModelArtifacts),
  );
}

/**
 * Loads a saved tfjs LayersModel.
 * @param path a folder that holds model.json, or the file itself
 * @param field of the configuration that names it
 * @throws ModelError when it does not exist or does not load
 */
export async function loadSavedModel(path: string, field = 'model.path'): Promise<TensorFlow.LayersModel> {
  try {
    // Refuses weight files elsewhere, and special files, before tfjs opens them.
    const { file } = await readSavedModel(path);
    return await tf.loadLayersModel(pathToFileURL(file).href);
  } catch (error) {
    throw savedModelLoadError(field, path, error);
  }
}
