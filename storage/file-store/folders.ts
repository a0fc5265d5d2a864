import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from './disk-errors.js';

/** Makes a folder with all above it, so that they outlive a crash. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Makes the names in a folder outlive a crash, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    // Some systems don't sync folders; and an emptied one may be gone already.
    if (!hasCode(error, 'EISDIR', 'EINVAL', 'EPERM', 'EACCES', 'ENOENT', 'ENOTSUP')) throw error;
  } finally {
    await handle?.close();
  }
}
