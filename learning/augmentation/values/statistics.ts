import { addressOf, kernels, memoryBuffer } from '../kernels/kernels.js';
import type { Picture } from '../picture.js';

/** Histogram of the levels: [channels, 256]; valid until the next call. */
export function levelCounts({ data, channels }: Picture): Uint32Array {
  kernels.countLevels(addressOf(data), data.length, channels);
  return new Uint32Array(memoryBuffer(), kernels.COUNTS.value, channels * 256);
}

/** Each channel's lowest and highest level. */
export function levelRanges({ data, channels }: Picture): readonly (readonly [number, number])[] {
  kernels.levelRange(addressOf(data), data.length, channels);
  const extremes = new Uint8Array(memoryBuffer(), kernels.EXTREMES.value, 2 * channels);
  return Array.from({ length: channels }, (_, channel) => [
    extremes[2 * channel]!,
    extremes[2 * channel + 1]!,
  ]);
}

/** The mean gray of a picture, rounded as Pillow's contrast does. */
export function meanLuma({ data, channels }: Picture): number {
  const sum = channels === 1 ? kernels.sumLevels : kernels.sumLuma;
  return Math.trunc(sum(addressOf(data), data.length) / (data.length / channels) + 0.5);
}
