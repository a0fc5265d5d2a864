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
  /** The parent folder to unpack into. */
  readonly folder: string;
  /** Receives the unpacked share, 0..1. */
  onProgress(share: number): void;
}

/** Starts with a dot, so that a half-unpacked folder is not mistaken for data. */
const TEMPORARY = '.unpacking-';

/**
 * Unpacks an archive unless its folder exists. Atomic: an interruption leaves no half-unpacked folder.
 * @returns whether it unpacked the archive
 */
export async function unpackOnce({ archive, name, folder, onProgress }: Unpacking): Promise<boolean> {
  const target = join(folder, name);
  if (await isThere(target)) return false;
  onProgress(0);
  await mkdir(folder, { recursive: true });
  await sweep(folder);
  const temporary = join(folder, `${TEMPORARY}${process.pid}`);
  await mkdir(temporary);
  try {
    await unpack(archive, temporary, onProgress);
    await rename(join(temporary, name), target);
  } catch (error) {
    // Another process was faster.
    if (!(await isThere(target))) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
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

/** Removes temporary folders of dead processes. */
async function sweep(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((entry) => entry.startsWith(TEMPORARY));
  for (const entry of left) {
    if (isOtherProcess(Number(entry.slice(TEMPORARY.length)))) continue;
    await rm(join(folder, entry), { recursive: true, force: true });
  }
}

/** Whether another process with this id is alive. */
function isOtherProcess(pid: number): boolean {
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
