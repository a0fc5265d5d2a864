import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';

export interface Unpacking {
  /** A .tar.gz with one folder in it. */
  readonly archive: string;
  /** Name of that folder. */
  readonly name: string;
  /** Where it is to be. */
  readonly folder: string;
  /** Is told the share that is done. */
  onProgress(share: number): void;
}

/** Begins with a dot, so that nobody takes what is unpacked by half for data. */
const ASIDE = '.unpacking-';

/**
 * Unpacks an archive if that hasn't been done; whole or not at all, however it is interrupted.
 * @returns whether there was anything to do
 */
export async function unpackOnce({ archive, name, folder, onProgress }: Unpacking): Promise<boolean> {
  const target = join(folder, name);
  if (await isThere(target)) return false;
  onProgress(0);
  await mkdir(folder, { recursive: true });
  await sweep(folder);
  const aside = join(folder, `${ASIDE}${process.pid}`);
  await mkdir(aside);
  try {
    await unpack(archive, aside, onProgress);
    await rename(join(aside, name), target);
  } catch (error) {
    // Another process was quicker.
    if (!(await isThere(target))) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return true;
}

async function unpack(archive: string, folder: string, onProgress: (share: number) => void): Promise<void> {
  const { size } = await stat(archive);
  const bytes = createReadStream(archive);
  let read = 0;
  bytes.on('data', (chunk) => {
    read += chunk.length;
    onProgress(read / size);
  });
  await pipeline(bytes, extract({ cwd: folder, strict: true }));
}

/** Removes what killed processes have left. */
async function sweep(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((entry) => entry.startsWith(ASIDE));
  for (const entry of left) {
    if (isOthers(Number(entry.slice(ASIDE.length)))) continue;
    await rm(join(folder, entry), { recursive: true, force: true });
  }
}

/** Whether a process other than this one lives under the number. */
function isOthers(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
