import { createHash } from 'node:crypto';

/**
 * Returns the SHA-256 of files by name and content, in any order.
 * @param files contents by path, relative to the same folder and with forward slashes
 */
export function hashFiles(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort()) {
    const content = files.get(path)!;
    // The lengths keep the end of one part apart from the start of the next.
    hash.update(JSON.stringify([path, content.byteLength])).update(content);
  }
  return hash.digest('hex');
}
