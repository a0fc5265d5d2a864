import { expectInteger, refuse } from './checks.js';
import { addressOf, kernels } from './kernels/kernels.js';
import type { Channels, Picture } from './picture.js';

/** Colour outside a picture: one level from 0 to 255 for all channels, or one for each. */
export type Fill = number | readonly number[];

/** One level for each channel, checked. */
export type ChannelFill = Uint8Array;

/**
 * @param fill fractions are truncated, as torchvision does for PIL images
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

/** Packs the levels into a word, first channel in the lowest byte, as the kernels expect them. */
export function wordOf(fill: ChannelFill): number {
  return fill.length === 1 ? fill[0]! : fill[0]! | (fill[1]! << 8) | (fill[2]! << 16);
}

/** Paints the pixels from one index up to, not including, another; indices count pixels from the start of the data. */
export function paint({ data, channels }: Picture, from: number, to: number, fill: ChannelFill): void {
  kernels.paint(addressOf(data) + from * channels, to - from, channels, wordOf(fill));
}
