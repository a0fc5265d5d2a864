import type { Picture } from '../picture.js';

/**
 * How often each level occurs: [channels, 256].
 * @param counts overwritten; at least channels * 256 long
 */
export function histogramInto({ data, channels }: Picture, counts: Uint32Array): void {
  counts.fill(0, 0, channels * 256);
  if (channels === 1) {
    for (let at = 0; at < data.length; at++) counts[data[at]!]!++;
    return;
  }
  const length = data.length;
  for (let at = 0; at < length; at += 3) {
    counts[data[at]!]!++;
    counts[256 + data[at + 1]!]!++;
    counts[512 + data[at + 2]!]!++;
  }
}
