import { expectFinite, expectInteger } from '../checks.js';
import { newPicture } from '../kernels/kernel-memory.js';
import type { Picture } from '../picture.js';
import { blendInto } from './blend.js';
import { fillTable, tableInto } from './table.js';

/** See {@link brightness}. The target may be the source. */
export function brightnessInto(source: Picture, target: Picture, factor: number): void {
  blendInto(source, target, 0, factor);
}

/**
 * Multiplies all levels (Pillow's `ImageEnhance.Brightness`).
 * @param factor 0 is black, 1 the picture, 2 twice as bright; any finite number
 */
export function brightness(source: Picture, factor: number): Picture {
  expectFinite('factor', factor);
  return newPicture(source, (from, to) => brightnessInto(from, to, factor));
}

const table = new Uint8Array(256);

/** See {@link addBrightness}. The target may be the source. */
export function addBrightnessInto(source: Picture, target: Picture, amount: number): void {
  tableInto(
    source,
    target,
    fillTable(table, (level) => level + amount),
  );
}

/**
 * Adds to all levels and clamps them to 0 … 255.
 * @param amount an integer from -255 to 255
 */
export function addBrightness(source: Picture, amount: number): Picture {
  expectInteger('amount', amount, -255, 255);
  return newPicture(source, (from, to) => addBrightnessInto(from, to, amount));
}
