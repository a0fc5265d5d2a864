import { BitReader, BrokenScan, type HuffmanTable, readHuffmanTables } from './huffman.js';
import { type EndRun, type ScanHeader, skipBlock, type Tables } from './jpeg-blocks.js';
import { isFrame, isProgressiveFrame, type JpegSegment, MARKER } from './jpeg-segments.js';

const COEFFICIENTS = 64;
/** Frames that are Huffman-coded, not arithmetically, lossless or hierarchical. */
const HUFFMAN_FRAMES = [0xc0, 0xc1, 0xc2];

interface Component {
  readonly horizontal: number;
  readonly vertical: number;
  /** Size in blocks: of the picture, and filled up to whole MCUs. */
  readonly width: number;
  readonly height: number;
  readonly wide: number;
  /** 1 for each coefficient that is not zero; only progressive frames need it. */
  readonly seen: Uint8Array;
}

interface Frame {
  readonly isProgressive: boolean;
  readonly components: ReadonlyMap<number, Component>;
  readonly mcusWide: number;
  readonly mcusHigh: number;
}

function readFrame(bytes: Buffer, { marker, start, headerEnd }: JpegSegment): Frame {
  if (!HUFFMAN_FRAMES.includes(marker)) throw new BrokenScan();
  const [height, width] = [bytes.readUInt16BE(start + 5), bytes.readUInt16BE(start + 7)];
  const rows: Array<readonly [id: number, horizontal: number, vertical: number]> = [];
  for (let at = start + 10; at + 3 <= headerEnd; at += 3) {
    rows.push([bytes[at]!, bytes[at + 1]! >> 4, bytes[at + 1]! & 15]);
  }
  const [most, highest] = [Math.max(...rows.map((row) => row[1])), Math.max(...rows.map((row) => row[2]))];
  if (height === 0 || width === 0 || !rows.every((row) => row[1] > 0 && row[2] > 0)) throw new BrokenScan();
  const [mcusWide, mcusHigh] = [Math.ceil(width / (8 * most)), Math.ceil(height / (8 * highest))];
  const isProgressive = isProgressiveFrame(marker);
  const components = new Map(
    rows.map(([id, horizontal, vertical]): [number, Component] => {
      const wide = mcusWide * horizontal;
      const blocks = isProgressive ? wide * mcusHigh * vertical : 1;
      return [
        id,
        {
          horizontal,
          vertical,
          width: Math.ceil(Math.ceil((width * horizontal) / most) / 8),
          height: Math.ceil(Math.ceil((height * vertical) / highest) / 8),
          wide,
          seen: new Uint8Array(COEFFICIENTS * blocks),
        },
      ];
    }),
  );
  return { isProgressive, components, mcusWide, mcusHigh };
}

interface Scan {
  readonly header: ScanHeader;
  readonly parts: ReadonlyArray<{ readonly component: Component; readonly tables: Tables }>;
}

function readScan(
  bytes: Buffer,
  start: number,
  { components, isProgressive }: Frame,
  tables: ReadonlyMap<number, HuffmanTable>,
): Scan {
  const count = bytes[start + 4]!;
  const parts = Array.from({ length: count }, (_, index) => {
    const at = start + 5 + 2 * index;
    const component = components.get(bytes[at]!);
    if (!component) throw new BrokenScan();
    const [dc, ac] = [tables.get(bytes[at + 1]! >> 4), tables.get(0x10 | (bytes[at + 1]! & 15))];
    return { component, tables: { dc, ac } };
  });
  const [first = 0, last = 0, bits = 0] = bytes.subarray(start + 5 + 2 * count);
  if (last >= COEFFICIENTS) throw new BrokenScan();
  return { header: { isProgressive, first, last, high: bits >> 4 }, parts };
}

/** Reads an MCU: one block of a scan of one component, all blocks of an interleaved one (ITU-T T.81, A.2). */
function skipMcu(
  reader: BitReader,
  { header, parts }: Scan,
  { mcusWide }: Frame,
  mcu: number,
  run: EndRun,
): void {
  const skip = ({ component, tables }: Scan['parts'][number], column: number, row: number) => {
    const block = header.isProgressive ? row * component.wide + column : 0;
    const seen = component.seen.subarray(COEFFICIENTS * block, COEFFICIENTS * (block + 1));
    skipBlock(reader, header, tables, seen, run);
  };
  if (parts.length === 1) {
    const { width } = parts[0]!.component;
    skip(parts[0]!, mcu % width, Math.floor(mcu / width));
    return;
  }
  const [left, top] = [mcu % mcusWide, Math.floor(mcu / mcusWide)];
  for (const part of parts) {
    const { horizontal, vertical } = part.component;
    for (let row = 0; row < vertical; row++)
      for (let column = 0; column < horizontal; column++)
        skip(part, left * horizontal + column, top * vertical + row);
  }
}

/** Reads a scan's entropy-coded data, in intervals between restart markers; returns where it ends. */
function skipScan(
  bytes: Buffer,
  { headerEnd, end }: JpegSegment,
  scan: Scan,
  frame: Frame,
  interval: number,
): number {
  const [only] = scan.parts;
  const mcus =
    scan.parts.length === 1
      ? only!.component.width * only!.component.height
      : frame.mcusWide * frame.mcusHigh;
  let reader = new BitReader(bytes, headerEnd, end);
  let run: EndRun = { left: 0 };
  for (let mcu = 0; mcu < mcus; mcu++) {
    if (interval > 0 && mcu > 0 && mcu % interval === 0) {
      const restart = 0xd0 + ((mcu / interval - 1) % 8);
      if (bytes[reader.at] !== 0xff || bytes[reader.at + 1] !== restart) throw new BrokenScan();
      reader = new BitReader(bytes, reader.at + 2, end);
      run = { left: 0 };
    }
    skipMcu(reader, scan, frame, mcu, run);
  }
  return Math.min(reader.at, end);
}

/**
 * Reads the codes of all blocks of a Huffman-coded JPEG without decoding its pixels: libjpeg only warns about data that
 * is missing, and libvips does not see a warning in the last rows.
 * @returns the end of each scan's data, by the scan's start; undefined if a block is missing or broken
 */
export function scanEnds(bytes: Buffer, segments: readonly JpegSegment[]): Map<number, number> | undefined {
  const ends = new Map<number, number>();
  const tables = new Map<number, HuffmanTable>();
  let frame: Frame | undefined;
  let interval = 0;
  try {
    for (const segment of segments) {
      const { marker, start, headerEnd } = segment;
      if (isFrame(marker)) frame = readFrame(bytes, segment);
      else if (marker === MARKER.DHT) {
        const read = readHuffmanTables(bytes.subarray(start + 4, headerEnd));
        for (const [key, table] of read) tables.set(key, table);
      } else if (marker === MARKER.DRI) interval = bytes.readUInt16BE(start + 4);
      else if (marker === MARKER.SOS) {
        if (!frame) return undefined;
        ends.set(start, skipScan(bytes, segment, readScan(bytes, start, frame, tables), frame, interval));
      }
    }
  } catch (error) {
    if (error instanceof BrokenScan) return undefined;
    throw error;
  }
  return ends;
}
