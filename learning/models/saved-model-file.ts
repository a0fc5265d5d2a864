import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readRegular } from '../../domain/regular-file.js';
import { isWithin } from './is-within.js';

interface SavedModel {
  /** Path of model.json. */
  readonly file: string;
  /** Of model.json and the weight files that it lists, by their names. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads the files of a saved model. Its weight files must lie in its own folder: a model from someone else could
 * otherwise read any file into its weights.
 * @param path a folder with model.json, or the file itself
 * @throws Error of the file system, or about model.json
 */
export async function readSavedModel(path: string): Promise<SavedModel> {
  const file = (await stat(path)).isDirectory() ? join(path, 'model.json') : path;
  const json = await readRegular(file);
  const { weightsManifest } = JSON.parse(json.toString()) as {
    readonly weightsManifest: ReadonlyArray<{ readonly paths: readonly string[] }>;
  };
  const contents = new Map<string, Uint8Array>([[basename(file), json]]);
  const folder = await realpath(dirname(file));
  for (const name of weightsManifest.flatMap(({ paths }) => paths)) {
    contents.set(name, await readRegular(await weightFile(name, dirname(file), folder)));
  }
  return { file, contents };
}

async function weightFile(name: string, folder: string, realFolder: string): Promise<string> {
  const path = join(folder, name);
  if (isWithin(await realpath(path), realFolder)) return path;
  throw new Error(
    `model.json lists the weight file "${name}", which lies elsewhere; expected it in the folder of model.json: copy it there`,
  );
}
