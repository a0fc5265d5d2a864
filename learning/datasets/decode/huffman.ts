/** Longest code (ITU-T T.81, B.2.4.2). */
const LONGEST = 16;

/** A Huffman table by code length: canonical codes of a length are consecutive. */
export interface HuffmanTable {
  /** Largest code of each length, -1 if there is none. */
  readonly largest: Int32Array;
  /** What to add to a code of a length to get its place among the symbols. */
  readonly offset: Int32Array;
  readonly symbols: Uint8Array;
}

/** Reads the tables of a DHT segment (ITU-T T.81, B.2.4.2, C.2), with their class and number as the key. */
export function readHuffmanTables(segment: Uint8Array): Array<readonly [key: number, table: HuffmanTable]> {
  const tables: Array<readonly [number, HuffmanTable]> = [];
  let at = 0;
  while (at + 1 + LONGEST <= segment.length) {
    const key = segment[at]!;
    const counts = segment.subarray(at + 1, at + 1 + LONGEST);
    const largest = new Int32Array(LONGEST + 1).fill(-1);
    const offset = new Int32Array(LONGEST + 1);
    let [code, first] = [0, 0];
    for (let length = 1; length <= LONGEST; length++) {
      const count = counts[length - 1]!;
      offset[length] = first - code;
      if (count > 0) largest[length] = code + count - 1;
      code = (code + count) << 1;
      first += count;
    }
    at += 1 + LONGEST;
    tables.push([key, { largest, offset, symbols: segment.subarray(at, at + first) }]);
    at += first;
  }
  return tables;
}

/** A scan's data ends too early, or has an unknown code. */
export class BrokenScan extends Error {}

/** Reads the bits of one interval of entropy-coded data, without stuffed zeros. */
export class BitReader {
  private bits = 0;
  private left = 0;

  /** @param at where the interval starts, and later the first byte that was not needed */
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
    private readonly end: number,
  ) {}

  bit(): number {
    if (this.left === 0) {
      if (this.at >= this.end) throw new BrokenScan();
      this.bits = this.bytes[this.at++]!;
      if (this.bits === 0xff && this.bytes[this.at++] !== 0) throw new BrokenScan();
      this.left = 8;
    }
    return (this.bits >>> --this.left) & 1;
  }

  number(length: number): number {
    let value = 0;
    for (let index = 0; index < length; index++) value = (value << 1) | this.bit();
    return value;
  }

  symbol({ largest, offset, symbols }: HuffmanTable): number {
    let code = 0;
    for (let length = 1; length <= LONGEST; length++) {
      code = (code << 1) | this.bit();
      if (code <= largest[length]!) {
        const symbol = symbols[code + offset[length]!];
        if (symbol === undefined) break;
        return symbol;
      }
    }
    throw new BrokenScan();
  }
}
