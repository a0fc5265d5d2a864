import type { ChannelFill } from '../../fill.js';
import type { Picture } from '../../picture.js';
import { type BorderMode, borderIndex } from './border.js';

export type WarpFlags = 'nearest' | 'linear' | 'cubic';
export const WARP_FLAGS: readonly WarpFlags[] = ['nearest', 'linear', 'cubic'];

/** Interpolates one target pixel from the integer part and the fraction of its source position. */
type Reader = (write: number, x: number, y: number, fractionX: number, fractionY: number) => void;

/** Weights of four neighbours (a = -0.75), from index 0. */
function cubicWeights(x: number, weights: Float64Array): void {
  const a = -0.75;
  weights[0] = ((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a;
  weights[1] = ((a + 2) * x - (a + 3)) * x * x + 1;
  weights[2] = ((a + 2) * (1 - x) - (a + 3)) * (1 - x) * (1 - x) + 1;
  weights[3] = 1 - weights[0]! - weights[1]! - weights[2]!;
}

const across = new Float64Array(4);
const down = new Float64Array(4);

function levelAt(
  { data, width, height, channels }: Picture,
  x: number,
  y: number,
  channel: number,
  mode: BorderMode,
  value: ChannelFill,
): number {
  const column = borderIndex(x, width, mode);
  const row = borderIndex(y, height, mode);
  return column < 0 || row < 0 ? value[channel]! : data[(row * width + column) * channels + channel]!;
}

/** Returns the interpolating function of a flag. */
export function readerOf(
  flags: WarpFlags,
  source: Picture,
  target: Picture,
  mode: BorderMode,
  value: ChannelFill,
): Reader {
  const { channels } = source;
  const to = target.data;
  if (flags === 'nearest') {
    return (write, x, y) => {
      for (let channel = 0; channel < channels; channel++) {
        to[write + channel] = levelAt(source, x, y, channel, mode, value);
      }
    };
  }
  if (flags === 'linear') {
    return (write, x, y, fractionX, fractionY) => {
      for (let channel = 0; channel < channels; channel++) {
        const upper = levelAt(source, x, y, channel, mode, value);
        const lower = levelAt(source, x, y + 1, channel, mode, value);
        const above = upper + (levelAt(source, x + 1, y, channel, mode, value) - upper) * fractionX;
        const below = lower + (levelAt(source, x + 1, y + 1, channel, mode, value) - lower) * fractionX;
        to[write + channel] = Math.round(above + (below - above) * fractionY);
      }
    };
  }
  return (write, x, y, fractionX, fractionY) => {
    cubicWeights(fractionX, across);
    cubicWeights(fractionY, down);
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let row = 0; row < 4; row++) {
        let line = 0;
        for (let column = 0; column < 4; column++) {
          const level = levelAt(source, x + column - 1, y + row - 1, channel, mode, value);
          line += level * across[column]!;
        }
        sum += line * down[row]!;
      }
      const level = Math.round(sum);
      to[write + channel] = level < 0 ? 0 : level > 255 ? 255 : level;
    }
  };
}
