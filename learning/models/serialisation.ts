import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { io } from '@tensorflow/tfjs-core';
import { ModelError } from '../../domain/errors.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import './layers/fused-batch-normalization.js';
import './layers/keyed-dropout.js';
import type { StoredModel } from '../../domain/stored-model.js';

/** A model as bytes, in the tfjs layers format. */
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

/** The model of {@link storeModel}'s bytes. The caller disposes it. */
export function restoreModel(stored: StoredModel): Promise<TensorFlow.LayersModel> {
  const { topology, weightSpecs, weights } = stored;
  // The bytes may be a view into a larger buffer; TensorFlow wants the buffer itself.
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
 * @throws ModelError when there is none, or it does not load.
 */
export async function loadSavedModel(path: string, field = 'model.path'): Promise<TensorFlow.LayersModel> {
  try {
    const file = (await stat(path)).isDirectory() ? join(path, 'model.json') : path;
    await access(file);
    return await tf.loadLayersModel(pathToFileURL(file).href);
  } catch (error) {
    throw new ModelError(
      `${field}: ${path} does not load as a tfjs LayersModel (a folder with model.json and its weight files): ${(error as Error).message}`,
      { cause: error },
    );
  }
}
