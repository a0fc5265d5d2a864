import { readFile } from 'node:fs/promises';
import { systemCode } from '../sources/files.js';

/** A picture that can't be used, and why, in words for the list of rejected ones. */
export class UnreadablePicture extends Error {
  /** The file system, not the picture, is the reason: another time it may be readable. */
  readonly access: boolean;
  constructor(reason: string, access = false) {
    super(reason);
    this.access = access;
  }
}

const ACCESS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  ELOOP: 'a link that leads to itself',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'a folder',
  ERR_FS_FILE_TOO_LARGE: 'larger than 2 GiB',
};

/** JPEG, PNG and WebP by their first bytes: names lie, and other loaders are not to be reached by files. */
function isSupported(bytes: Buffer): boolean {
  if (bytes.length < 12) return false;
  if (bytes.readUIntBE(0, 3) === 0xffd8ff) return true;
  if (bytes.readUInt32BE(0) === 0x89504e47) return true;
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}

/**
 * The bytes of a JPEG, PNG or WebP file.
 * @throws UnreadablePicture when it is missing, empty or something else
 */
export async function readPictureFile(path: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const reason = ACCESS[systemCode(error) ?? ''];
    // Anything else (no memory, a failing disk) is no property of the picture: the step is tried again.
    if (reason === undefined) throw error;
    throw new UnreadablePicture(reason, true);
  }
  if (bytes.length === 0) throw new UnreadablePicture('an empty file (0 bytes)');
  if (!isSupported(bytes)) {
    const start = bytes
      .subarray(0, 8)
      .toString('latin1')
      .replace(/[^\x20-\x7e]/g, '.');
    throw new UnreadablePicture(`neither JPEG, PNG nor WebP (it starts with "${start}")`);
  }
  return bytes;
}
