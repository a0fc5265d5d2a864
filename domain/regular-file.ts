import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** The `code` of the error for a pipe, socket or device, beside the system's own codes. */
export const SPECIAL_FILE = 'ESPECIAL';
const O_NONBLOCK = constants.O_NONBLOCK ?? 0;

/**
 * Opens a regular file for reading; links are followed. Never waits: a named pipe without a writer would block for
 * ever, and a device may have no end. What was checked is what is read, because the opened file itself is asked.
 * @throws the system's error; EISDIR for a folder, {@link SPECIAL_FILE} for a pipe, socket or device
 */
export async function openRegular(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    // A socket can't be opened, nor a device without its driver.
    throw error.code === 'ENXIO' || error.code === 'ENODEV' ? special(path) : error;
  });
  try {
    const info = await file.stat();
    if (info.isDirectory()) throw withCode('EISDIR', `a folder, expected a file: ${path}`);
    if (!info.isFile()) throw special(path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Reads a regular file, see {@link openRegular}. */
export async function readRegular(path: string): Promise<Buffer> {
  const file = await openRegular(path);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function special(path: string): NodeJS.ErrnoException {
  return withCode(SPECIAL_FILE, `a pipe, socket or device, expected a regular file: ${path}`);
}

function withCode(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code });
}
