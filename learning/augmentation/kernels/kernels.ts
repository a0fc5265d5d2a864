/// <reference path="./web-assembly.d.ts" />
import { BINARY } from './binary.js';

/** An address in the memory, in bytes from its start. */
export type Address = number;

/** A source and a target with the same number of channels. */
export type SourceAndTarget = readonly [
  from: Address,
  width: number,
  height: number,
  to: Address,
  targetWidth: number,
  targetHeight: number,
  channels: number,
];

/** The exports of assembly/, documented there. Lengths are in bytes. */
interface Kernels {
  blendWith(from: Address, to: Address, length: number, degenerate: number, factor: number): void;
  blendColours(from: Address, to: Address, length: number, factor: number): void;
  invertFrom(from: Address, to: Address, length: number, threshold: number): void;
  keepBits(from: Address, to: Address, length: number, mask: number): void;
  replaceLevels(
    from: Address,
    to: Address,
    length: number,
    ...tables: readonly [Address, Address, Address]
  ): void;
  sharpen(from: Address, to: Address, width: number, height: number, channels: number, factor: number): void;
  countLevels(from: Address, length: number, channels: number): void;
  levelRange(from: Address, length: number, channels: number): void;
  sumLuma(from: Address, length: number): number;
  sumLevels(from: Address, length: number): number;
  paint(to: Address, pixels: number, channels: number, fill: number): void;
  cropRows(
    ...values: [
      ...pictures: SourceAndTarget,
      left: number,
      top: number,
      mode: number,
      fill: number,
      flip: boolean,
    ]
  ): void;
  copyAlongLines(
    ...values: [
      ...pictures: SourceAndTarget,
      startX: number,
      startY: number,
      stepX: number,
      stepY: number,
      rowX: number,
      rowY: number,
      fill: number,
    ]
  ): void;
  copyBilinear(
    ...values: [
      ...pictures: SourceAndTarget,
      a: number,
      b: number,
      c: number,
      d: number,
      e: number,
      f: number,
      fill: number,
    ]
  ): void;
  scaleRows(
    from: Address,
    width: number,
    rows: number,
    to: Address,
    places: number,
    channels: number,
    table: Address,
    entryBytes: number,
  ): void;
  scaleColumns(
    from: Address,
    stride: number,
    to: Address,
    places: number,
    table: Address,
    entryBytes: number,
  ): void;
  readonly TABLE: { readonly value: Address };
  readonly COUNTS: { readonly value: Address };
  readonly EXTREMES: { readonly value: Address };
  readonly PICTURES: { readonly value: Address };
}

const PAGE = 65_536;
/** Addresses and lengths are signed in the kernels. The build sets the same number of pages (compile-kernels.mjs). */
const MOST_PAGES = 32_768;

const memory = new WebAssembly.Memory({ initial: 4, maximum: MOST_PAGES });
const module = new WebAssembly.Module(Buffer.from(BINARY, 'base64'));

/** The kernels; one instance for each thread. */
export const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as Kernels;

/** First address for pictures. */
export const FIRST_PICTURE = kernels.PICTURES.value;

/** Grows the memory up to an address; false if that fails. It never shrinks. */
export function growTo(end: Address): boolean {
  const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
  if (missing <= 0) return true;
  try {
    memory.grow(missing);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Current buffer of the memory; growing replaces it. */
export function memoryBuffer(): ArrayBuffer {
  return memory.buffer;
}

/**
 * Returns the address of bytes in the kernels' memory.
 * @throws TypeError when they are elsewhere; kernels only work in their own memory (see kernel-memory.ts)
 */
export function addressOf(data: Uint8Array): Address {
  if (data.buffer !== memory.buffer) throw new TypeError("the picture is not in the kernels' memory");
  return data.byteOffset;
}
