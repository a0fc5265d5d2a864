// @ts-check
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from './setup-error.mjs';

/** @typedef {{id: string, pid: number, host: string, since: number}} Owner */

const RETRY_MS = 300;
const HEARTBEAT_MS = 10_000;
/** Whether a process of another host (or container) is alive shows in its heartbeat only. */
const SILENT_MS = 120_000;
const BREAKING_MS = 10_000;

/** @type {Map<string, string>} lock folder -> owner id; released at exit, too */
const held = new Map();
process.once('exit', () => {
  for (const [folder, id] of held) {
    try {
      if (JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')).id === id)
        rmSync(folder, { recursive: true });
    } catch {
      // Already released, or broken by another process; the next set-up recognises a dead owner.
    }
  }
});

/**
 * Runs the work while no other process holds the lock. The lock is a folder; the lock of a dead owner is taken over.
 *
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @param {(owner: Owner) => void} [onWait] called once, if another process holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(folder, work, onWait) {
  const id = await take(folder, onWait);
  held.set(folder, id);
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A broken lock has no file to touch; the release handles that.
    utimes(join(folder, 'owner.json'), now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    held.delete(folder);
    if ((await ownerOf(folder))?.id === id) await removeWhole(folder);
  }
}

/**
 * @param {string} folder
 * @param {((owner: Owner) => void) | undefined} onWait
 */
async function take(folder, onWait) {
  await mkdir(dirname(folder), { recursive: true });
  let reported = false;
  for (;;) {
    const id = randomUUID();
    if (await tryToTake(folder, id)) return id;
    const owner = await ownerOf(folder);
    if (owner && (await isStale(folder, owner))) {
      await breakStale(folder, owner);
    } else {
      if (owner && !reported) onWait?.(owner);
      reported ||= owner !== undefined;
      await sleep(RETRY_MS);
    }
  }
}

/**
 * Renames a folder that already holds its owner file into place, so that no lock is ever without an owner.
 *
 * @param {string} folder
 * @param {string} id
 */
async function tryToTake(folder, id) {
  const temporary = `${folder}.${id}`;
  await mkdir(temporary);
  /** @type {Owner} */
  const owner = { id, pid: process.pid, host: hostname(), since: Date.now() };
  await writeFile(join(temporary, 'owner.json'), JSON.stringify(owner));
  try {
    await rename(temporary, folder);
    return true;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}

/**
 * @param {string} folder
 * @returns {Promise<Owner | undefined>}
 */
async function ownerOf(folder) {
  try {
    return JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * @param {string} folder
 * @param {Owner} owner
 */
async function isStale(folder, owner) {
  if (owner.host === hostname()) {
    const booted = Date.now() - uptime() * 1000;
    return !isAlive(owner.pid) || owner.since < booted;
  }
  const seen = await stat(join(folder, 'owner.json')).catch(() => undefined);
  return seen !== undefined && Date.now() - seen.mtimeMs > SILENT_MS;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/**
 * One process at a time breaks a lock, and first checks the owner again: a slow process could break its successor's lock.
 *
 * @param {string} folder
 * @param {Owner} staleOwner
 */
async function breakStale(folder, staleOwner) {
  const breaking = `${folder}.breaking`;
  try {
    await mkdir(breaking);
  } catch {
    const since = await stat(breaking).catch(() => undefined);
    if (since && Date.now() - since.mtimeMs > BREAKING_MS) await rmdir(breaking).catch(() => undefined);
    await sleep(RETRY_MS);
    return;
  }
  try {
    if ((await ownerOf(folder))?.id === staleOwner.id) await removeWhole(folder);
  } finally {
    await rmdir(breaking).catch(() => undefined);
  }
}

/** @param {string} folder renamed first, so that nobody sees it half removed */
async function removeWhole(folder) {
  const gone = `${folder}.${randomUUID()}`;
  await rename(folder, gone);
  await rm(gone, { recursive: true, force: true });
}
