import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigurationError } from '../domain/errors.js';

/**
 * Makes sure, before any work, that something can be written there: what isn't there yet is made.
 * @throws ConfigurationError when something else is in the way
 */
export async function expectPlace(out: string, wanted: 'file' | 'folder'): Promise<void> {
  const path = resolve(out);
  const there = await kindOf(path);
  if (there !== undefined && there !== wanted) {
    throw new ConfigurationError(
      `--out: received "${out}", which is a ${there}, expected a ${wanted}'s name`,
    );
  }
  for (let place = dirname(path); ; place = dirname(place)) {
    const kind = await kindOf(place);
    if (kind === 'folder') return;
    if (kind === 'file') {
      throw new ConfigurationError(`--out: received "${out}", but "${place}" is a file, expected a folder`);
    }
  }
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // With ENOTDIR something on the way is a file, which is found further up.
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
