import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hashFiles } from './hash-files.js';
import { savedModelLoadError } from './load-errors.js';
import { savedModelFile } from './saved-model-file.js';

/**
 * Returns the SHA-256 of a saved tfjs LayersModel: of its model.json and the weight files that it lists.
 * @param path a folder with model.json, or the file itself
 * @throws ModelError when a file is missing, or model.json has no weights manifest
 */
export async function savedModelHash(path: string, field = 'model.path'): Promise<string> {
  try {
    const file = await savedModelFile(path);
    const json = await readFile(file);
    const { weightsManifest } = JSON.parse(json.toString()) as {
      readonly weightsManifest: ReadonlyArray<{ readonly paths: readonly string[] }>;
    };
    const files = new Map<string, Uint8Array>([[basename(file), json]]);
    for (const name of weightsManifest.flatMap(({ paths }) => paths)) {
      files.set(name, await readFile(join(dirname(file), name)));
    }
    return hashFiles(files);
  } catch (error) {
    throw savedModelLoadError(field, path, error);
  }
}
