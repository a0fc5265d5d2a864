import { jpegSegments, MARKER } from '../../learning/datasets/decode/jpeg-segments.js';

const EOI = Buffer.of(0xff, MARKER.EOI);

/** Offsets of a JPEG's scans, and the end of the last one's data. */
export function scansOf(jpeg: Buffer): { readonly starts: number[]; readonly end: number } {
  const scans = [...jpegSegments(jpeg)].filter(({ marker }) => marker === MARKER.SOS);
  return { starts: scans.map(({ start }) => start), end: scans.at(-1)!.end };
}

function changed(jpeg: Buffer, change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(jpeg);
  change(bytes);
  return bytes;
}

function inserted(jpeg: Buffer, at: number, bytes: readonly number[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, at), Buffer.from(bytes), jpeg.subarray(at)]);
}

/** As Samsung cameras write it: the scan's last coefficient (Se) is 0. */
export function likeSamsung(jpeg: Buffer): Buffer {
  const { starts } = scansOf(jpeg);
  return changed(jpeg, (bytes) => {
    bytes[starts[0]! + 2 + bytes.readUInt16BE(starts[0]! + 2) - 2] = 0;
  });
}

/** Errors outside of the picture data of a baseline or progressive JPEG. */
export function withHarmlessErrors(jpeg: Buffer): Record<string, Buffer> {
  const { starts, end } = scansOf(jpeg);
  const adobe = [0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 9];
  return {
    'a colour transform that is unknown': inserted(jpeg, 2, adobe),
    'bytes between segments': inserted(jpeg, starts[0]!, [1, 2, 3]),
    'bytes behind the last scan': inserted(jpeg, end, Array(20).fill(7)),
    'zeros behind the last scan': inserted(jpeg, end, Array(20).fill(0)),
    'no end marker': jpeg.subarray(0, end),
  };
}

/** The same with less picture data, each with an end marker, as tools for repair write it. */
export function cutJpegs(jpeg: Buffer): Record<string, Buffer> {
  const { starts, end } = scansOf(jpeg);
  const last = starts.at(-1)!;
  const length = end - last;
  return {
    'half of the data': Buffer.concat([jpeg.subarray(0, last + Math.floor(length / 2)), EOI]),
    'all but five bytes': Buffer.concat([jpeg.subarray(0, end - 5), EOI]),
    'without an end marker, half': jpeg.subarray(0, last + Math.floor(length / 2)),
    'without an end marker, all but five bytes': jpeg.subarray(0, end - 5),
    'no data': Buffer.concat([jpeg.subarray(0, last), EOI]),
  };
}

/**
 * Two gray blocks of 8 x 8 with a restart marker between them. Each table has one code, a zero bit: no difference (DC)
 * and end of block (AC), so a block is two bits.
 */
export function withRestart(marker = 0xd0): Buffer {
  const table = (key: number) => [0xff, 0xc4, 0, 20, key, 1, ...Array(15).fill(0), 0];
  return Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xdb, 0, 67, 0, ...Array(64).fill(1)],
    ...[0xff, 0xc0, 0, 11, 8, 0, 8, 0, 16, 1, 1, 0x11, 0],
    ...[...table(0x00), ...table(0x10), 0xff, 0xdd, 0, 4, 0, 1],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0],
    ...[0x3f, 0xff, marker, 0x3f, 0xff, 0xd9],
  ]);
}
