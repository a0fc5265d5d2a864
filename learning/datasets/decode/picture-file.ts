import type { FileHandle } from 'node:fs/promises';
import { openRegular, SPECIAL_FILE, TOO_LARGE } from '../../../domain/regular-file.js';
import { systemCode } from '../sources/files.js';
import { declaredSize } from './declared-size.js';
import { lacksScans } from './missing-scans.js';

/** Larger pictures are refused as decompression bombs: 100 megapixels decode to 300 MB. */
export const MAX_PIXELS = 100_000_000;

/** Bytes of a file; a hundred megapixels of 16 bits and four channels take 800 MB without compression. */
const LARGEST = 2 ** 30;
/** Bytes that tell a picture's format. */
const START = 32;

/** A picture can't be used. The message is its reason in the list of rejected pictures. */
export class UnreadablePicture extends Error {
  /** The file system is the reason, not the picture: a later attempt may succeed. */
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
  ENAMETOOLONG: 'its name is too long',
  [SPECIAL_FILE]: 'a pipe, socket or device',
  [TOO_LARGE]: 'larger than 1 GiB',
};

/** Detects JPEG, PNG and WebP by their first bytes: extensions may be wrong, and no other loader may be reached. */
function isSupported(bytes: Buffer): boolean {
  if (bytes.length < 12) return false;
  if (bytes.readUIntBE(0, 3) === 0xffd8ff) return true;
  if (bytes.readUInt32BE(0) === 0x89504e47) return true;
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}

/** Common formats that are not supported, by the first bytes of their files. */
const FOREIGN: ReadonlyArray<readonly [start: RegExp, name: string]> = [
  [/^GIF8/, 'a GIF'],
  [/^BM/, 'a BMP'],
  [/^(II\*\0|MM\0\*)/, 'a TIFF'],
  [/^....ftyp(heic|heix|mif1|msf1)/s, 'a HEIC'],
  [/^....ftypavi[fs]/s, 'an AVIF'],
  [/^(....JXL |\xff\n)/s, 'a JPEG XL'],
  [/^....jP {2}/s, 'a JPEG 2000'],
  [/^\s*<(\?xml|svg)/, 'an SVG or other XML'],
  [/^\s*<(!doctype )?html/i, 'a web page'],
];

function foreign(bytes: Buffer): UnreadablePicture {
  const start = bytes.toString('latin1', 0, 32);
  const name = FOREIGN.find(([begin]) => begin.test(start))?.[1];
  const shown = start.slice(0, 8).replace(/[^\x20-\x7e]/g, '.');
  return new UnreadablePicture(
    `neither JPEG, PNG nor WebP${name ? `, but ${name}` : ''} (it starts with "${shown}")`,
  );
}

function expectDecodable(bytes: Buffer): void {
  const size = declaredSize(bytes);
  if (!size || size.width * size.height <= MAX_PIXELS) return;
  throw new UnreadablePicture(
    `${size.width} x ${size.height} pixels by its header, more than ${MAX_PIXELS / 1e6} megapixels`,
  );
}

/** Anything else than access (no memory, a failing disk) is no property of the picture: the activity is retried. */
function asUnreadable(error: unknown): unknown {
  const reason = ACCESS[systemCode(error) ?? ''];
  return reason === undefined ? error : new UnreadablePicture(reason, true);
}

/** Reads the first bytes, and the rest only of a picture: a file of another kind may be of any size. */
async function readPicture(path: string): Promise<Buffer> {
  const file = await openRegular(path);
  try {
    await expectPicture(file);
    const { size } = await file.stat();
    if (size > LARGEST) throw Object.assign(new Error(`${size} bytes`), { code: TOO_LARGE });
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function expectPicture(file: FileHandle): Promise<void> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(START), 0, START, 0);
  expectSupported(buffer.subarray(0, bytesRead));
}

function expectSupported(start: Buffer): void {
  if (start.length === 0) throw new UnreadablePicture('an empty file (0 bytes)');
  if (!isSupported(start)) throw foreign(start);
}

/**
 * Reads a JPEG, PNG or WebP file.
 * @throws UnreadablePicture when it is missing, empty, of another format, cut between two of its scans, or has more
 * than {@link MAX_PIXELS} by its header
 */
export async function readPictureFile(path: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readPicture(path);
  } catch (error) {
    if (error instanceof UnreadablePicture) throw error;
    throw asUnreadable(error);
  }
  expectDecodable(bytes);
  if (bytes[0] === 0xff && lacksScans(bytes))
    throw new UnreadablePicture('cut short: scans of the JPEG are missing');
  return bytes;
}

/** Enough for plain headers; and for those with a preview or colour profile. */
const HEAD_BYTES = [4096, 128 * 1024] as const;

/**
 * Reads the first bytes of a JPEG, PNG or WebP file: few, then more, then all, until a reader finds what it needs.
 * @param read returns undefined if it needs more bytes
 * @throws UnreadablePicture as {@link readPictureFile}
 */
export async function readPictureHead<Result>(
  path: string,
  read: (bytes: Buffer, isWhole: boolean) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  for (const length of HEAD_BYTES) {
    const bytes = await readStart(path, length);
    const isWhole = bytes.length < length;
    const result = await read(bytes, isWhole);
    if (result !== undefined || isWhole) return result;
  }
  return read(await readPictureFile(path), true);
}

async function readStart(path: string, length: number): Promise<Buffer> {
  let bytes: Buffer;
  try {
    const file = await openRegular(path);
    try {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, 0);
      bytes = buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asUnreadable(error);
  }
  expectSupported(bytes);
  expectDecodable(bytes);
  return bytes;
}
