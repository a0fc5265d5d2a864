import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigurationError } from '../../domain/errors.js';

const DRAWN = /\.(png|jpe?g|webp)$/i;

/**
 * Makes sure, before any work, that a sheet can be written there.
 * @throws ConfigurationError when its name has another ending, or its folder isn't there
 */
export async function expectOut(path: string): Promise<void> {
  if (!DRAWN.test(path)) {
    throw new ConfigurationError(
      `--out: received "${path}", expected a name that ends in .png, .jpg or .webp`,
    );
  }
  const whole = resolve(path);
  const isFolder = async (place: string) => (await stat(place).catch(() => undefined))?.isDirectory();
  if (!(await isFolder(dirname(whole)))) {
    throw new ConfigurationError(
      `--out: received "${path}", expected a file in a folder that exists: there is no folder "${dirname(whole)}"`,
    );
  }
  if (await isFolder(whole)) {
    throw new ConfigurationError(`--out: received "${path}", which is a folder, expected a file's name`);
  }
}
