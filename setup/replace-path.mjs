// @ts-check
import { randomBytes } from 'node:crypto';
import { copyFile, lstat, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Replaces a path by a link, a copy or a text file. Renames instead of overwriting, because a running process may have the
 * old file mapped.
 */

/**
 * @param {string} path
 * @param {string} pointsTo
 */
export function replaceWithLink(path, pointsTo) {
  return replace(path, (temporary) => symlink(pointsTo, temporary));
}

/**
 * @param {string} path
 * @param {string} source
 */
export function replaceWithCopy(path, source) {
  return replace(path, (temporary) => copyFile(source, temporary));
}

/**
 * @param {string} path
 * @param {string} text
 */
export function replaceWithText(path, text) {
  return replace(path, (temporary) => writeFile(temporary, text));
}

/**
 * @param {string} path
 * @param {(temporary: string) => Promise<void>} make
 */
async function replace(path, make) {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await make(temporary);
    // rename() doesn't replace a folder by a file; another installer may have left a real folder.
    const present = await lstat(path).catch(() => undefined);
    if (present?.isDirectory()) await rm(path, { recursive: true });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
