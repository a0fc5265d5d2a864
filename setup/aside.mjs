// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Makes a folder aside and renames it to its place: a killed set-up leaves it whole or not at all.
 * The caller holds the lock of `target`.
 *
 * @param {string} target
 * @param {(aside: string) => Promise<void>} make fills the folder it is given
 */
export async function makeAside(target, make) {
  await inAside(dirname(target), basename(target), async (aside) => {
    await make(aside);
    await rm(target, { recursive: true, force: true });
    await rename(aside, target);
  });
}

/**
 * Works in a folder that is gone afterwards. The caller holds a lock for `name`, so whatever lies aside under that
 * name from before is a killed set-up's, and is swept away.
 *
 * @param {string} parent where the folder is made, to be on the same disk as what comes of it
 * @param {string} name
 * @param {(aside: string) => Promise<void>} work
 */
export async function inAside(parent, name, work) {
  const prefix = `.aside-${name}-`;
  await mkdir(parent, { recursive: true });
  for (const present of await readdir(parent)) {
    if (present.startsWith(prefix)) await rm(join(parent, present), { recursive: true, force: true });
  }
  const aside = join(parent, `${prefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(aside);
  try {
    await work(aside);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
