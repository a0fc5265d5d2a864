import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { DataError } from '../../domain/errors.js';

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
const REMOVE_TRIES = 5;

/**
 * Unpacks an archive unless its folder exists. Atomic: an interruption leaves no half-unpacked folder.
 * @returns whether it unpacked the archive
 * @throws DataError when the archive is damaged, has no such folder, or has anything but files and folders of its own
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
    if (!(await isThere(target))) throw unpackingError(archive, error);
  } finally {
    // Writes that have begun may still add files.
    await rm(temporary, { recursive: true, force: true, maxRetries: REMOVE_TRIES });
  }
  return true;
}

/** Codes of errors whose cause is the archive: its format, or names that contradict each other. */
const DAMAGED = /^(TAR_|Z_|ENOENT|ENOTDIR|ENOTEMPTY|EEXIST|EISDIR|ENAMETOOLONG)/;

/** The disk's own errors stay as they are. */
function unpackingError(archive: string, error: unknown): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (!DAMAGED.test(code)) return error;
  const text = `"${archive}" can't be unpacked (${message}): download or install it again`;
  return new DataError(text, { cause: error });
}

async function unpack(archive: string, folder: string, onProgress: (share: number) => void): Promise<void> {
  const { size } = await stat(archive);
  const bytes = createReadStream(archive);
  let read = 0;
  bytes.on('data', (chunk) => {
    read += chunk.length;
    onProgress(read / size);
  });
  let link: string | undefined;
  const filter = (path: string, entry: object) => {
    const isPlain = 'type' in entry && (entry.type === 'File' || entry.type === 'Directory');
    if (!isPlain) link ??= path;
    return isPlain;
  };
  await pipeline(bytes, extract({ cwd: folder, strict: true, filter }));
  if (link !== undefined) {
    throw new DataError(`"${archive}" holds "${link}", expected only files and folders`);
  }
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
