// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Makes a folder aside and renames it to its place: a killed set-up leaves it whole or not at all.
 * The caller holds the lock of `target`, so whatever lies aside from before is a killed set-up's.
 *
 * @param {string} target
 * @param {(aside: string) => Promise<void>} make fills the folder it is given
 */
export async function makeAside(target, make) {
  const parent = dirname(target);
  const prefix = `.aside-${basename(target)}-`;
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const aside = join(parent, `${prefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(aside);
  try {
    await make(aside);
    await rm(target, { recursive: true, force: true });
    await rename(aside, target);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
