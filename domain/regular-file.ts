import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** The `code` of the error for a pipe, socket or device, beside the system's own codes. */
export const SPECIAL_FILE = 'ESPECIAL';
/** The `code` of the error for a file that is larger than allowed; Node's own, too. */
export const TOO_LARGE = 'ERR_FS_FILE_TOO_LARGE';
/** Node reads no larger file at once. */
const LARGEST = 2 ** 31 - 1;
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a regular file for reading; links are followed. Never waits: a named pipe without a writer would block for
 * ever, and a device may have no end. What was checked is what is read, because the opened file itself is asked.
 * @throws the system's error; EISDIR for a folder, {@link SPECIAL_FILE} for a pipe, socket or device
 */
export async function openRegular(path: string): Promise<FileHandle> {
  const file = await open(path, FLAGS).catch((error) => {
    throw refusal(path, error);
  });
  try {
    expectRegular(path, await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Reads a regular file, see {@link openRegular}.
 * @param most bytes; a larger file is refused before it is read
 * @throws the system's error; {@link TOO_LARGE} for a larger file
 */
export async function readRegular(path: string, most = LARGEST): Promise<Buffer> {
  const file = await openRegular(path);
  try {
    const { size } = await file.stat();
    if (size > most) {
      throw withCode(TOO_LARGE, `${size} bytes, expected at most ${most}: ${path}`);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Reads a text file, see {@link openRegular}. */
export function readRegularSync(path: string): string {
  let file: number;
  try {
    file = openSync(path, FLAGS);
  } catch (error) {
    throw refusal(path, error as NodeJS.ErrnoException);
  }
  try {
    expectRegular(path, fstatSync(file));
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** A socket can't be opened, nor a device without its driver. */
function refusal(path: string, error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  return error.code === 'ENXIO' || error.code === 'ENODEV' ? special(path) : error;
}

function expectRegular(path: string, info: Pick<Stats, 'isDirectory' | 'isFile'>): void {
  if (info.isDirectory()) throw withCode('EISDIR', `a folder, expected a file: ${path}`);
  if (!info.isFile()) throw special(path);
}

function special(path: string): NodeJS.ErrnoException {
  return withCode(SPECIAL_FILE, `a pipe, socket or device, expected a regular file: ${path}`);
}

function withCode(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code });
}
