import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** A live writer takes far less time for a file. */
const STALE_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Removes the temporary files of killed writers. Recent files may belong to a live writer and stay. */
export async function removeStaleFiles(folder: string, now: number = Date.now()): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // Another process may remove the file first, or its writer may finish.
    const file = await stat(path).catch(() => undefined);
    if (file && now - file.mtimeMs > STALE_MILLISECONDS) await unlink(path).catch(() => undefined);
  }
}
