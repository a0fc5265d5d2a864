import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** No writer that lives is silent for so long in the middle of a file. */
const OLD_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Removes what writers that were killed left behind; what is young may still be at work. */
export async function clearAside(folder: string, now: number = Date.now()): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // Another process may clear at the same time, or a writer finish.
    const seen = await stat(path).catch(() => undefined);
    if (seen && now - seen.mtimeMs > OLD_MILLISECONDS) await unlink(path).catch(() => undefined);
  }
}
