import { hashFiles } from './hash-files.js';
import { savedModelLoadError } from './load-errors.js';
import { readSavedModel } from './saved-model-file.js';

/**
 * Returns the SHA-256 of a saved tfjs LayersModel: of its model.json and the weight files that it lists.
 * @param path a folder with model.json, or the file itself
 * @throws ModelError when a file is missing or lies elsewhere, or model.json has no weights manifest
 */
export async function savedModelHash(path: string, field = 'model.path'): Promise<string> {
  try {
    return hashFiles((await readSavedModel(path)).contents);
  } catch (error) {
    throw savedModelLoadError(field, path, error);
  }
}
