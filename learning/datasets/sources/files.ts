import { stat } from 'node:fs/promises';
import pLimit from 'p-limit';
import { DataError } from '../../../domain/errors.js';

const STATS_AT_ONCE = 16;

/** The system's code of an error, such as ENOENT. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** A line that changes when the file does. A file that isn't there (a broken link) has one too. */
export async function stampOf(path: string): Promise<string> {
  try {
    const { size, mtimeNs } = await stat(path, { bigint: true });
    return `${path}\t${size}\t${mtimeNs}`;
  } catch (error) {
    return `${path}\t${systemCode(error)}`;
  }
}

/** Whether a stamp is of a path that leads to nothing: no file, or a broken link. */
export function isOfNothing(stamp: string): boolean {
  return /\t(?:ENOENT|ENOTDIR)$/.test(stamp);
}

/**
 * The stamps of many files, in their order.
 * @param watch called as each file is looked at; what it throws ends it
 */
export function stampsOf(paths: readonly string[], watch: () => void): Promise<string[]> {
  return pLimit(STATS_AT_ONCE).map(paths, (path) => {
    watch();
    return stampOf(path);
  });
}

/**
 * Makes sure that a configured path leads to a folder or a file.
 * @throws DataError naming the configuration's field when it does not.
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
    found = info.isDirectory() ? 'a folder' : 'not a folder';
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') found = `no access (${code})`;
  }
  throw new DataError(
    `${field}: received "${path}" and found ${found}, expected ${what}: correct the path (paths are relative to the configuration file)`,
  );
}
