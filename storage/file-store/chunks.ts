import type { FileHandle } from 'node:fs/promises';

/** Small enough that a slow disk moves one within a second or two. */
const CHUNK_BYTES = 8 * 1024 * 1024;

/**
 * Writes bytes and flushes them to disk, chunk by chunk: without the flushes the system would take all bytes at once,
 * and then flush for minutes without a sign of progress.
 * @param onChunk called after each chunk
 */
export async function writeChunks(
  file: FileHandle,
  bytes: Uint8Array,
  onChunk: () => void = () => undefined,
): Promise<void> {
  let start = 0;
  for (; bytes.byteLength - start > CHUNK_BYTES; start += CHUNK_BYTES) {
    await file.writeFile(bytes.subarray(start, start + CHUNK_BYTES));
    await file.datasync();
    onChunk();
  }
  await file.writeFile(bytes.subarray(start));
  await file.sync();
  onChunk();
}

/**
 * Reads a whole file, chunk by chunk.
 * @param onChunk called after each chunk
 */
export async function readChunks(
  file: FileHandle,
  onChunk: () => void = () => undefined,
): Promise<Uint8Array> {
  const { size } = await file.stat();
  const bytes = new Uint8Array(size);
  let end = 0;
  while (end < size) {
    const { bytesRead } = await file.read(bytes, end, Math.min(CHUNK_BYTES, size - end), end);
    if (bytesRead === 0) break;
    end += bytesRead;
    onChunk();
  }
  // A file that became shorter meanwhile.
  return end === size ? bytes : bytes.slice(0, end);
}
