// @ts-check
import { randomBytes } from 'node:crypto';
import { copyFile, lstat, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Puts a link, a copy or a text in the place of whatever was there.
 * By rename, never in place: a running process may have the old file mapped.
 */

/**
 * @param {string} path
 * @param {string} pointsTo
 */
export function replaceWithLink(path, pointsTo) {
  return replace(path, (aside) => symlink(pointsTo, aside));
}

/**
 * @param {string} path
 * @param {string} source
 */
export function replaceWithCopy(path, source) {
  return replace(path, (aside) => copyFile(source, aside));
}

/**
 * @param {string} path
 * @param {string} text
 */
export function replaceWithText(path, text) {
  return replace(path, (aside) => writeFile(aside, text));
}

/**
 * @param {string} path
 * @param {(aside: string) => Promise<void>} make
 */
async function replace(path, make) {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await make(aside);
    // rename() doesn't replace a folder by a file; a real folder here is what another installer left.
    const present = await lstat(path).catch(() => undefined);
    if (present?.isDirectory()) await rm(path, { recursive: true });
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}
