// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Fills a temporary folder and renames it to `target`: a killed set-up leaves `target` complete or absent.
 * The caller holds the lock of `target`.
 *
 * @param {string} target
 * @param {(temporary: string) => Promise<void>} make fills the temporary folder
 */
export async function replaceFolder(target, make) {
  await withTemporaryFolder(dirname(target), basename(target), async (temporary) => {
    await make(temporary);
    await rm(target, { recursive: true, force: true });
    await rename(temporary, target);
  });
}

/**
 * Calls `work` with a temporary folder and removes the folder afterwards. The caller holds a lock for `name`, so any
 * earlier temporary folder of that name is left from a killed set-up and is removed, too.
 *
 * @param {string} parent parent of the temporary folder, on the same disk as the result
 * @param {string} name
 * @param {(temporary: string) => Promise<void>} work
 */
export async function withTemporaryFolder(parent, name, work) {
  const prefix = `.tmp-${name}-`;
  await mkdir(parent, { recursive: true });
  for (const present of await readdir(parent)) {
    if (present.startsWith(prefix)) await rm(join(parent, present), { recursive: true, force: true });
  }
  const temporary = join(parent, `${prefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(temporary);
  try {
    await work(temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
