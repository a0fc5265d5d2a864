export const MARKER = { DHT: 0xc4, DRI: 0xdd, SOI: 0xd8, EOI: 0xd9, SOS: 0xda, ADOBE: 0xee } as const;

/** A segment of a JPEG; that of a scan (SOS) includes its entropy-coded data. */
export interface JpegSegment {
  readonly marker: number;
  /** Offset of the marker. */
  readonly start: number;
  /** Offset behind the segment's header, where a scan's data starts. */
  readonly headerEnd: number;
  readonly end: number;
}

/** Offset of the next marker, or the end: 0xff with a code that is neither a stuffed zero nor fill. */
function nextMarker(bytes: Buffer, from: number, isMarker: (code: number) => boolean): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1 && at + 1 < bytes.length) {
    if (isMarker(bytes[at + 1]!)) return at;
    at = bytes.indexOf(0xff, at + 1);
  }
  return bytes.length;
}

const isAny = (code: number) => code !== 0 && code !== 0xff;
const isRestart = (code: number) => code >= 0xd0 && code <= 0xd7;
const endsScan = (code: number) => isAny(code) && !isRestart(code);

/**
 * The segments of a JPEG in order (ITU-T T.81, B.1.1). Skips bytes between segments, as decoders do. Ends at the end of
 * image (EOI) or where the file is cut.
 */
export function* jpegSegments(bytes: Buffer): Generator<JpegSegment> {
  let at = 2;
  while (at < bytes.length) {
    const start = nextMarker(bytes, at, isAny);
    const marker = bytes[start + 1];
    if (marker === MARKER.EOI) yield { marker, start, headerEnd: start + 2, end: start + 2 };
    if (marker === undefined || marker === MARKER.EOI) return;
    if (marker === 0x01 || isRestart(marker) || marker === MARKER.SOI) {
      at = start + 2;
      continue;
    }
    if (start + 4 > bytes.length) return;
    const headerEnd = start + 2 + bytes.readUInt16BE(start + 2);
    if (headerEnd < start + 4 || headerEnd > bytes.length) return;
    at = marker === MARKER.SOS ? nextMarker(bytes, headerEnd, endsScan) : headerEnd;
    yield { marker, start, headerEnd, end: at };
  }
}

/** Whether a frame is progressive: SOF2, SOF6, SOF10 or SOF14. */
export function isProgressiveFrame(marker: number): boolean {
  return isFrame(marker) && marker % 4 === 2;
}

/** Whether a marker starts a frame: SOF0 to SOF15 without DHT, JPG and DAC (ITU-T T.81, B.2.2). */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
