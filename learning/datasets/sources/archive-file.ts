import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import { DataError } from '../../../domain/errors.js';

/** Detects gzip by the first bytes, not by the name: downloads often lose the .gz. */
export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
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

/**
 * Reads a whole file, plain or .gz.
 * @param expected unpacked size in bytes; unpacking stops beyond it, before memory runs out
 * @throws DataError when it is corrupt
 */
export async function readWhole(path: string, expected: number, field: string): Promise<Buffer> {
  const bytes = await readFile(path);
  if (!(await isGzip(path))) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: expected + 1 });
  } catch (error) {
    throw unreadable(field, path, error);
  }
}

/** Caches the last file read: pictures are read in file order, so at most one or two files are in memory. */
export function lastFile(read: (path: string) => Promise<Buffer>): (path: string) => Promise<Buffer> {
  let last: { path: string; bytes: Promise<Buffer> } | undefined;
  return (path) => {
    if (last?.path !== path) last = { path, bytes: read(path) };
    return last.bytes;
  };
}
