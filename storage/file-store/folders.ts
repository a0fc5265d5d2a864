import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from './disk-errors.js';

/**
 * Creates a folder and its parents so that they survive a crash.
 * @param mode permissions; 0777 by default, less the umask
 */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Flushes a folder's entries to disk, so that they survive a crash, where the system supports it. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    // Some systems can't sync folders, and another process may have removed an empty one.
    if (!hasCode(error, 'EISDIR', 'EINVAL', 'EPERM', 'EACCES', 'ENOENT', 'ENOTSUP')) throw error;
  } finally {
    await handle?.close();
  }
}
