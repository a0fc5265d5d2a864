import { isFrame, jpegSegments } from './jpeg-segments.js';

/** Width and height in an encoded picture's header. */
interface DeclaredSize {
  readonly width: number;
  readonly height: number;
}

/** PNG: the first chunk is IHDR (W3C PNG specification, 11.2.2). */
function ofPng(bytes: Buffer): DeclaredSize | undefined {
  if (bytes.length < 24) return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** JPEG: the first frame header. */
function ofJpeg(bytes: Buffer): DeclaredSize | undefined {
  for (const { marker, start, headerEnd } of jpegSegments(bytes)) {
    if (!isFrame(marker)) continue;
    if (start + 9 > headerEnd) return undefined;
    return { width: bytes.readUInt16BE(start + 7), height: bytes.readUInt16BE(start + 5) };
  }
  return undefined;
}

/** WebP: a VP8X canvas, or the only frame, VP8L or VP8 (RFC 9649). */
function ofWebp(bytes: Buffer): DeclaredSize | undefined {
  if (bytes.length < 30) return undefined;
  const chunk = bytes.toString('latin1', 12, 16);
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
}

/** Reads the size from the header of a JPEG, PNG or WebP; undefined if there is none. The data may not match it. */
export function declaredSize(bytes: Buffer): DeclaredSize | undefined {
  if (bytes[0] === 0xff) return ofJpeg(bytes);
  return bytes[0] === 0x89 ? ofPng(bytes) : ofWebp(bytes);
}
