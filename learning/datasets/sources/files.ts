import { stat } from 'node:fs/promises';
import pLimit from 'p-limit';
import { DataError } from '../../../domain/errors.js';

const STATS_AT_ONCE = 16;

/** The system's code of an error, such as ENOENT. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Returns a line that changes when the file changes. A missing file (a broken link) has one too. */
async function stampOf(path: string): Promise<string> {
  try {
    const { size, mtimeNs } = await stat(path, { bigint: true });
    return `${path}\t${size}\t${mtimeNs}`;
  } catch (error) {
    return `${path}\t${systemCode(error)}`;
  }
}

/** Whether a stamp is that of a missing file or a broken link. */
export function isMissing(stamp: string): boolean {
  return /\t(?:ENOENT|ENOTDIR)$/.test(stamp);
}

/**
 * Returns the stamps of files, in their order.
 * @param watch called for each file; an error that it throws ends the reading
 */
export function stampsOf(paths: readonly string[], watch: () => void): Promise<string[]> {
  return pLimit(STATS_AT_ONCE).map(paths, (path) => {
    watch();
    return stampOf(path);
  });
}

/**
 * Makes sure that a configured path is a folder or a file.
 * @throws DataError naming the setting when it is not
 */
export async function expectPath(
  field: string,
  path: string,
  kind: 'folder' | 'file',
  what: string,
): Promise<void> {
  let found = 'nothing there';
  try {
    const info = await stat(path);
    if (kind === 'folder' ? info.isDirectory() : info.isFile()) return;
    found = info.isDirectory() ? 'a folder' : info.isFile() ? 'a file' : 'a pipe, socket or device';
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') found = `no access (${code})`;
  }
  throw new DataError(
    `${field}: received "${path}" and found ${found}, expected ${what}: correct the path (paths are relative to the configuration file)`,
  );
}
