import { isFrame, isProgressiveFrame, jpegSegments, MARKER } from './jpeg-segments.js';

const COEFFICIENTS = 64;
const UNSEEN = 255;

/**
 * Whether a JPEG lacks scans: a progressive one that was cut between two of its scans decodes without an error, but
 * is blurred or lacks its colours. Each coefficient of each component must be coded to its last bit.
 * @returns true if scans are missing, or the file has no frame
 */
export function lacksScans(bytes: Buffer): boolean {
  /** For each component's id, the lowest bit position that was coded of each coefficient. */
  const lowest = new Map<number, Uint8Array>();
  let isProgressive = false;
  for (const { marker, start, headerEnd } of jpegSegments(bytes)) {
    if (isFrame(marker)) {
      isProgressive = isProgressiveFrame(marker);
      for (let at = start + 10; at + 3 <= headerEnd; at += 3) {
        lowest.set(bytes[at]!, new Uint8Array(COEFFICIENTS).fill(UNSEEN));
      }
    } else if (marker === MARKER.SOS) {
      const components = bytes[start + 4]!;
      const [first, last, bits] = bytes.subarray(start + 5 + 2 * components);
      for (let index = 0; index < components; index++) {
        const coded = lowest.get(bytes[start + 5 + 2 * index]!);
        // A sequential scan codes all coefficients, whatever its header says.
        if (isProgressive) coded?.fill(bits! & 15, first, last! + 1);
        else coded?.fill(0);
      }
      if (lowest.size > 0 && [...lowest.values()].every((coded) => coded.every((bit) => bit === 0)))
        return false;
    }
  }
  return true;
}
