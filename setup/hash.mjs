// @ts-check
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * @param {string} path
 * @returns {Promise<string>} SHA-256 of a file of any size, in hex
 */
export async function hashOfFile(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string[]} files relative to the root; their order doesn't matter
 * @returns {Promise<string>} SHA-256 over the names and contents, in hex
 */
export async function hashOfFiles(root, files) {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) {
    const content = await readFile(join(root, file));
    // The length separates one file's content from the next one's name.
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} text
 * @returns {string} SHA-256 in hex
 */
export function hashOfText(text) {
  return createHash('sha256').update(text).digest('hex');
}
