import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DataError } from '../../../domain/errors.js';
import { openRegular, readRegular, SPECIAL_FILE, TOO_LARGE } from '../../../domain/regular-file.js';
import { systemCode } from './files.js';

/** Detects gzip by the first bytes, not by the name: downloads often lose the .gz. */
export async function isGzip(path: string): Promise<boolean> {
  const file = await openRegular(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE(0) === 0x1f8b;
  } finally {
    await file.close();
  }
}

function unreadable(field: string, path: string, error: unknown): DataError {
  const message = `${field}: "${path}" can't be unpacked (${(error as Error).message}): download it again`;
  return new DataError(message, { cause: error });
}

/** Reads the first bytes of a file, plain or .gz; fewer if the file is shorter. */
export async function readStart(path: string, bytes: number, field: string): Promise<Buffer> {
  const start: Buffer[] = [];
  let length = 0;
  const take = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      start.push(chunk);
      length += chunk.length;
      if (length >= bytes) return;
    }
  };
  try {
    if (await isGzip(path)) await pipeline(createReadStream(path), createGunzip(), take);
    else await pipeline(createReadStream(path, { end: bytes - 1 }), take);
  } catch (error) {
    // Stopping early closes the stream before its end, which is intended.
    if (length < bytes) throw unreadable(field, path, error);
  }
  return Buffer.concat(start).subarray(0, bytes);
}

/** Bytes of one file, unpacked; it is read at once. */
const LARGEST = 2 ** 30;
/** Pictures of drawings compress to a fifth, deflate's highest ratio is about 1,030. */
const HIGHEST_RATIO = 100;
/** Small files are unpacked at any ratio. */
const SMALL = 2 ** 26;

/**
 * Refuses a .gz that would fill the memory, before it is unpacked.
 * @param size of the packed file in bytes
 * @param expected unpacked size in bytes
 */
export function expectUnpackable(path: string, size: number, expected: number, field: string): void {
  if (expected <= LARGEST && expected <= Math.max(SMALL, size * HIGHEST_RATIO)) return;
  throw new DataError(
    `${field}: "${path}" has ${size} bytes, and ${expected} unpacked by its header, expected at most ${LARGEST} and ${HIGHEST_RATIO} times the packed size: it is damaged or made to fill the memory; if you trust it, unpack it yourself and split a larger one`,
  );
}

/**
 * Reads a file that is not packed.
 * @throws DataError for a special file, or one of more than 1 GiB
 */
export async function readPlain(path: string, field: string): Promise<Buffer> {
  try {
    return await readRegular(path, LARGEST);
  } catch (error) {
    const code = systemCode(error);
    if (code !== SPECIAL_FILE && code !== TOO_LARGE) throw error;
    throw new DataError(
      `${field}: "${path}" can't be read (${(error as Error).message}): give a regular file, in parts if it is too large`,
      { cause: error },
    );
  }
}

/**
 * Reads a whole file, plain or .gz.
 * @param expected unpacked size in bytes; unpacking stops beyond it, before memory runs out
 * @throws DataError when it is corrupt
 */
export async function readWhole(path: string, expected: number, field: string): Promise<Buffer> {
  if (!(await isGzip(path))) return readPlain(path, field);
  // Its pages are only taken as they are filled. One more byte shows that a file is longer than its header says.
  const bytes = Buffer.allocUnsafeSlow(expected + 1);
  let length = 0;
  const take = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      length += chunk.copy(bytes, length);
      if (length > expected) return;
    }
  };
  try {
    await pipeline(createReadStream(path), createGunzip(), take);
  } catch (error) {
    if (length <= expected) throw unreadable(field, path, error);
  }
  return bytes.subarray(0, length);
}

/** Caches the last file read: pictures are read in file order, so at most one or two files are in memory. */
export function lastFile(read: (path: string) => Promise<Buffer>): (path: string) => Promise<Buffer> {
  let last: { path: string; bytes: Promise<Buffer> } | undefined;
  return (path) => {
    if (last?.path !== path) last = { path, bytes: read(path) };
    return last.bytes;
  };
}
