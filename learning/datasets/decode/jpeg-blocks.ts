import { type BitReader, BrokenScan, type HuffmanTable } from './huffman.js';

/** What a scan says about the coefficients that it codes. */
export interface ScanHeader {
  readonly isProgressive: boolean;
  /** First and last coefficient. */
  readonly first: number;
  readonly last: number;
  /** Bit positions of the scan before and of this one; the former is 0 in a first scan. */
  readonly high: number;
}

export interface Tables {
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
}

/** Blocks that a run of ends leaves out; starts anew at each restart. */
export interface EndRun {
  left: number;
}

const LAST = 63;
const ZERO_RUN = 15;

function expectTable(table: HuffmanTable | undefined): HuffmanTable {
  if (!table) throw new BrokenScan();
  return table;
}

/** ITU-T T.81, F.2.2: one block of a sequential scan. */
function skipSequential(reader: BitReader, { dc, ac }: Tables): void {
  reader.number(reader.symbol(expectTable(dc)));
  const table = expectTable(ac);
  for (let at = 1; at <= LAST; at++) {
    const symbol = reader.symbol(table);
    const [run, size] = [symbol >> 4, symbol & 15];
    if (size === 0 && run < ZERO_RUN) return;
    at += run;
    if (at > LAST) throw new BrokenScan();
    reader.number(size);
  }
}

/** ITU-T T.81, G.1.2.2: first bits of a block's coefficients. */
function skipFirst(
  reader: BitReader,
  { first, last }: ScanHeader,
  { ac }: Tables,
  seen: Uint8Array,
  run: EndRun,
): void {
  if (run.left > 0) {
    run.left--;
    return;
  }
  const table = expectTable(ac);
  for (let at = first; at <= last; at++) {
    const symbol = reader.symbol(table);
    const [zeros, size] = [symbol >> 4, symbol & 15];
    if (size === 0 && zeros < ZERO_RUN) {
      run.left = (1 << zeros) + reader.number(zeros) - 1;
      return;
    }
    at += zeros;
    if (at > last) throw new BrokenScan();
    if (size === 0) continue;
    reader.number(size);
    seen[at] = 1;
  }
}

/** ITU-T T.81, G.1.2.3: one more bit of a block's coefficients, for each that is not zero yet. */
function skipRefinement(
  reader: BitReader,
  { first, last }: ScanHeader,
  { ac }: Tables,
  seen: Uint8Array,
  run: EndRun,
): void {
  let at = first;
  if (run.left === 0) {
    const table = expectTable(ac);
    while (at <= last) {
      const symbol = reader.symbol(table);
      let zeros = symbol >> 4;
      const isNew = (symbol & 15) !== 0;
      if (!isNew && zeros < ZERO_RUN) {
        run.left = (1 << zeros) + reader.number(zeros);
        break;
      }
      if (isNew) reader.bit();
      for (; at <= last; at++) {
        if (seen[at]) reader.bit();
        else if (zeros-- === 0) break;
      }
      if (isNew) {
        if (at > last) throw new BrokenScan();
        seen[at] = 1;
      }
      at++;
    }
  }
  if (run.left === 0) return;
  for (; at <= last; at++) if (seen[at]) reader.bit();
  run.left--;
}

/**
 * Reads one block without keeping its values.
 * @param seen 1 for each of the block's coefficients that is not zero; progressive scans need and fill it
 * @throws BrokenScan if the data ends too early, or has an unknown code
 */
export function skipBlock(
  reader: BitReader,
  header: ScanHeader,
  tables: Tables,
  seen: Uint8Array,
  run: EndRun,
): void {
  if (!header.isProgressive) skipSequential(reader, tables);
  else if (header.first > 0 && header.high === 0) skipFirst(reader, header, tables, seen, run);
  else if (header.first > 0) skipRefinement(reader, header, tables, seen, run);
  else if (header.high === 0) reader.number(reader.symbol(expectTable(tables.dc)));
  else reader.bit();
}
