// @ts-check
import { readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * @param {string} folder
 * @returns {Promise<number>} total bytes of its files; files that vanish meanwhile count as 0
 */
export async function folderSize(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath ?? entry.path, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/**
 * @param {string} folder need not exist yet
 * @returns {Promise<number>} bytes free for this user on its disk
 */
export async function freeSpace(folder) {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if (dirname(folder) === folder) throw error;
    return freeSpace(dirname(folder));
  }
}

/**
 * Reports the folder's size every half second while the work runs.
 *
 * @template T
 * @param {string} folder
 * @param {(bytes: number) => void} onSize
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function watchingSize(folder, onSize, work) {
  let measuring = false;
  const timer = setInterval(async () => {
    if (measuring) return;
    measuring = true;
    onSize(await folderSize(folder));
    measuring = false;
  }, 500);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
