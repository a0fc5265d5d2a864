import { isFrame, isProgressiveFrame, type JpegSegment, jpegSegments, MARKER } from './jpeg-segments.js';
import { scanEnds } from './scan-ends.js';

export interface MendedJpeg {
  readonly bytes: Buffer;
  /** The errors that were mended. */
  readonly errors: readonly string[];
}

/** Where a sequential scan's spectral selection and approximation must be 0, 63, 0 (ITU-T T.81, B.2.3). */
const WHOLE_SPECTRUM = [0, 63, 0] as const;

/** Samsung cameras write a sequential scan's last coefficient as 0. */
function mendScanHeader(bytes: Buffer, { start, headerEnd }: JpegSegment): boolean {
  const at = start + 5 + 2 * bytes[start + 4]!;
  if (at + WHOLE_SPECTRUM.length > headerEnd) return false;
  if (WHOLE_SPECTRUM.every((value, index) => bytes[at + index] === value)) return false;
  bytes.set(WHOLE_SPECTRUM, at);
  return true;
}

/** Adobe's colour transform: 0 none, 1 YCbCr, 2 YCCK. Decoders assume the usual one for an unknown number. */
function mendAdobe(bytes: Buffer, { start, headerEnd }: JpegSegment, components: number): boolean {
  const at = start + 15;
  if (at >= headerEnd || bytes.toString('latin1', start + 4, start + 9) !== 'Adobe' || bytes[at]! <= 2)
    return false;
  bytes[at] = components === 4 ? 2 : 1;
  return true;
}

/**
 * Mends errors outside of a JPEG's picture data, which a strict decoder refuses although nothing is lost.
 * @returns undefined if there is nothing to mend, or picture data is missing or broken
 */
export function mendJpeg(original: Buffer): MendedJpeg | undefined {
  if (original.readUInt16BE(0) !== 0xffd8) return undefined;
  const bytes = Buffer.from(original);
  const errors = new Set<string>();
  const parts: Buffer[] = [bytes.subarray(0, 2)];
  const segments = [...jpegSegments(bytes)];
  const frame = segments.find(({ marker }) => isFrame(marker));
  if (!frame) return undefined;
  const ends = scanEnds(bytes, segments);
  if (!ends) return undefined;
  const components = bytes[frame.start + 9]!;
  const isSequential = !isProgressiveFrame(frame.marker);
  let at = 2;
  for (const segment of segments) {
    const { marker, start, end } = segment;
    if (marker === MARKER.SOS && isSequential && mendScanHeader(bytes, segment))
      errors.add('a wrong scan header');
    if (marker === MARKER.ADOBE && mendAdobe(bytes, segment, components))
      errors.add('an unknown colour transform');
    if (bytes.subarray(at, start).some((byte) => byte !== 0xff)) errors.add('bytes between its segments');
    const dataEnd = ends.get(start) ?? end;
    if (dataEnd < end) errors.add('bytes behind a scan');
    parts.push(bytes.subarray(start, dataEnd));
    at = end;
  }
  if (segments.at(-1)?.marker !== MARKER.EOI) {
    errors.add('no end marker');
    parts.push(Buffer.of(0xff, MARKER.EOI));
  }
  return errors.size === 0 ? undefined : { bytes: Buffer.concat(parts), errors: [...errors] };
}
