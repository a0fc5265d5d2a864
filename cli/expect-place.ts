import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigurationError } from '../domain/errors.js';

/**
 * Checks, before the work, that a file or folder can be written at a path. Missing parent folders are created later.
 * @throws ConfigurationError if the path, or a parent, exists and is of the other kind
 */
export async function expectPlace(out: string, wanted: 'file' | 'folder'): Promise<void> {
  const path = resolve(out);
  const existing = await kindOf(path);
  if (existing !== undefined && existing !== wanted) {
    throw new ConfigurationError(
      `--out: received "${out}", which is a ${existing}, expected a ${wanted}'s name`,
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
    // ENOTDIR: a parent is a file, which a later iteration finds.
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
