import { expectInteger, refuse } from './checks.js';
import type { Channels, Picture } from './picture.js';

/** What lies outside a picture: one level from 0 to 255 for all channels, or one for each. */
export type Fill = number | readonly number[];

/** One level for each channel; for the inner functions, which check nothing. */
export type ChannelFill = Uint8Array;

/**
 * @param fill fractions are cut off, as torchvision does for PIL images
 * @throws ConfigurationError when a level is not from 0 to 255 or their number is not 1 or the channels'
 */
export function channelFill(fill: Fill, channels: Channels): ChannelFill {
  const levels = typeof fill === 'number' ? [fill] : fill;
  if (levels.length !== 1 && levels.length !== channels) {
    refuse('fill', fill, `one level, or ${channels} for ${channels} channel${channels === 1 ? '' : 's'}`);
  }
  for (const level of levels) expectInteger('fill', Math.trunc(level), 0, 255);
  return Uint8Array.from({ length: channels }, (_, channel) => levels[channel % levels.length]!);
}

/** Paints the pixels from one index to another (in pixels from the start of the data; not including the last). */
export function paint(target: Picture, from: number, to: number, fill: ChannelFill): void {
  const { data, channels } = target;
  const one = channels === 1 || (fill[0] === fill[1] && fill[1] === fill[2]);
  // Short runs are painted faster by a loop than by a call.
  if (one && to - from < 32) {
    const level = fill[0]!;
    for (let at = from * channels; at < to * channels; at++) data[at] = level;
    return;
  }
  if (one) {
    data.fill(fill[0]!, from * channels, to * channels);
    return;
  }
  const red = fill[0]!;
  const green = fill[1]!;
  const blue = fill[2]!;
  const end = to * 3;
  for (let at = from * 3; at < end; at += 3) {
    data[at] = red;
    data[at + 1] = green;
    data[at + 2] = blue;
  }
}
