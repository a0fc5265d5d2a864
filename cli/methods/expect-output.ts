import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigurationError } from '../../domain/errors.js';
import { commandOf, type MethodName } from '../../domain/methods.js';

/** Methods that make something to be taken away, and into what it is written. */
const WRITTEN_INTO: { readonly [Name in MethodName]?: 'file' | 'folder' } = {
  search: 'file',
  labelNext: 'file',
  gap: 'folder',
  robustness: 'folder',
};

/**
 * Makes sure, before hours of work, that what a method makes can be written there. What isn't there yet is made.
 * @throws ConfigurationError when the method makes nothing, or something else is in the way
 */
export async function expectOutput(method: MethodName, out: string): Promise<void> {
  const wanted = WRITTEN_INTO[method];
  if (!wanted)
    throw new ConfigurationError(`--out: ${commandOf(method)} makes nothing but its report: leave it out`);
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
