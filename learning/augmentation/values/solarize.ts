import { expectInteger, expectNumber } from '../checks.js';
import { newPicture } from '../kernels/kernel-memory.js';
import { addressOf, kernels } from '../kernels/kernels.js';
import type { Picture } from '../picture.js';
import { fillTable, tableInto } from './table.js';

/** See {@link solarize}. The target may be the source. */
export function solarizeInto({ data }: Picture, target: Picture, threshold: number): void {
  kernels.invertFrom(addressOf(data), addressOf(target.data), data.length, Math.ceil(threshold));
}

/**
 * Inverts the levels at the threshold and above (Pillow's `ImageOps.solarize`).
 * @param threshold from 0 (inverts all) to 256 (none)
 */
export function solarize(source: Picture, threshold: number): Picture {
  expectNumber('threshold', threshold, 0, 256);
  return newPicture(source, (from, to) => solarizeInto(from, to, threshold));
}

const table = new Uint8Array(256);

/** See {@link solarizeAdd}. The target may be the source. */
export function solarizeAddInto(source: Picture, target: Picture, amount: number): void {
  tableInto(
    source,
    target,
    fillTable(table, (level) => (level < 128 ? level + amount : level)),
  );
}

/**
 * Adds to the levels below 128 and clamps them to 0 … 255 (`solarize_add` of the Noisy Student code).
 * @param amount an integer from -255 to 255
 */
export function solarizeAdd(source: Picture, amount: number): Picture {
  expectInteger('amount', amount, -255, 255);
  return newPicture(source, (from, to) => solarizeAddInto(from, to, amount));
}
