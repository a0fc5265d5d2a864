// @ts-check
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { freeSpace } from './folder-size.mjs';
import { sizeText } from './quantities.mjs';

/**
 * @param {{folder: string, bytes: number}[]} demands bytes to be written to each folder; folders need not exist yet
 * @param {(folder: string) => Promise<number>} [free] bytes free where a folder lies
 * @returns {Promise<string | undefined>} a message about the disk that is too small, with the remedy
 */
export async function spaceProblem(demands, free = freeSpace) {
  /** @type {Map<number, {folder: string, bytes: number}>} demands on the same disk add up */
  const disks = new Map();
  for (const { folder, bytes } of demands) {
    if (bytes === 0) continue;
    const disk = await diskOf(folder);
    const known = disks.get(disk);
    disks.set(disk, known ? { folder: known.folder, bytes: known.bytes + bytes } : { folder, bytes });
  }
  for (const { folder, bytes } of disks.values()) {
    const available = await free(folder);
    if (available >= bytes) continue;
    return (
      `Set-up needs about ${sizeText(bytes)} on the disk of ${folder}, where ${sizeText(available)} are free. ` +
      'Free some space, or set APPRENTICE_CACHE to a folder on a larger disk for the downloads. ' +
      'Then run the same command again; nothing has been changed so far.'
    );
  }
  return undefined;
}

/**
 * @param {string} folder
 * @returns {Promise<number>} the device's number
 */
async function diskOf(folder) {
  const found = await stat(folder).catch(() => undefined);
  if (found || dirname(folder) === folder) return found?.dev ?? 0;
  return diskOf(dirname(folder));
}
