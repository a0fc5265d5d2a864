import { newPicture } from '../kernels/kernel-memory.js';
import type { Picture } from '../picture.js';
import { levelCounts } from './statistics.js';
import { tableInto } from './table.js';

const table = new Uint8Array(3 * 256);

function highestLevel(counts: Uint32Array, channel: number): number {
  let level = 255;
  while (counts[channel * 256 + level] === 0) level--;
  return level;
}

function equalizeChannel(counts: Uint32Array, channel: number, pixels: number): void {
  // Excludes the pixels of the highest level, so that it becomes 255.
  const step = Math.floor((pixels - counts[channel * 256 + highestLevel(counts, channel)]!) / 255);
  let sum = step >> 1;
  for (let level = 0; level < 256; level++) {
    const index = channel * 256 + level;
    table[index] = step === 0 ? level : Math.min(255, (sum / step) | 0);
    sum += counts[index]!;
  }
}

/** See {@link equalize}. The target may be the source. */
export function equalizeInto(source: Picture, target: Picture): void {
  const counts = levelCounts(source);
  const { channels } = source;
  for (let channel = 0; channel < channels; channel++) {
    equalizeChannel(counts, channel, source.data.length / channels);
  }
  tableInto(source, target, table.subarray(0, channels * 256));
}

/**
 * Spreads each channel's levels evenly (Pillow's `ImageOps.equalize`). A channel with fewer than 255 pixels below
 * its highest level stays as it is.
 */
export function equalize(source: Picture): Picture {
  return newPicture(source, equalizeInto);
}
