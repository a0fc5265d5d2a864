import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Returns the path of a saved model's model.json.
 * @param path a folder with model.json, or the file itself
 * @throws Error of the file system when there is none
 */
export async function savedModelFile(path: string): Promise<string> {
  const file = (await stat(path)).isDirectory() ? join(path, 'model.json') : path;
  await access(file);
  return file;
}
