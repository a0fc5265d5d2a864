/**
 * Kernels in AssemblyScript: TypeScript's syntax, WebAssembly's types and memory. Addresses (`usize`) are bytes in the
 * module's memory, where kernels.ts puts the pictures. Kernels check no arguments.
 *
 * Reads may exceed a picture's end by up to 16 bytes, because every picture is followed by that many; writes must not.
 */
export { copyBilinear } from './bilinear';
export { blendColours } from './color';
export { cropRows } from './crop';
export { blendWith, invertFrom, keepBits, replaceLevels } from './levels';
export { copyAlongLines } from './lines';
export { paint } from './paint';
export { scaleColumns, scaleRows } from './resample';
export { sharpen } from './sharpness';
export { COUNTS, countLevels, EXTREMES, levelRange, sumLevels, sumLuma } from './statistics';

/** 256 levels for each of three channels, written by JavaScript and read by `replaceLevels`. */
export const TABLE: usize = memory.data(3 * 256, 16);
/** First address for pictures. */
export const PICTURES: usize = __heap_base;
