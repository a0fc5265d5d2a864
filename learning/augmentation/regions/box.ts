import { expectInteger, refuse } from '../checks.js';
import { type ChannelFill, channelFill, type Fill, paint } from '../fill.js';
import { newPicture } from '../kernels/kernel-memory.js';
import { copyInto, type Picture, type Size } from '../picture.js';

/** A part of a picture, in pixels; right and bottom are not included. Empty when they equal left or top. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A box around a pixel, clipped at the picture's border. */
export function boxAround(x: number, y: number, halfWidth: number, halfHeight: number, size: Size): Box {
  return {
    left: Math.max(0, x - halfWidth),
    top: Math.max(0, y - halfHeight),
    right: Math.min(size.width, x + halfWidth),
    bottom: Math.min(size.height, y + halfHeight),
  };
}

export function areaOf({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top);
}

/** @throws ConfigurationError when the box reaches beyond the picture or its sides are swapped */
export function expectBox(argument: string, box: Box, { width, height }: Size): void {
  expectInteger(`${argument}.left`, box.left, 0, width);
  expectInteger(`${argument}.top`, box.top, 0, height);
  expectInteger(`${argument}.right`, box.right, 0, width);
  expectInteger(`${argument}.bottom`, box.bottom, 0, height);
  if (box.right < box.left || box.bottom < box.top) {
    refuse(argument, box, 'right at or after left and bottom at or after top');
  }
}

/** Paints the box of a picture, in place. */
export function eraseInPlace(target: Picture, box: Box, fill: ChannelFill): void {
  for (let y = box.top; y < box.bottom; y++) {
    paint(target, y * target.width + box.left, y * target.width + box.right, fill);
  }
}

/** Paints a box over the picture; `planCutout` and `planErasing` draw boxes. */
export function erase(source: Picture, box: Box, fill: Fill = 0): Picture {
  return newPicture(source, (from, to) => {
    expectBox('box', box, source);
    const levels = channelFill(fill, source.channels);
    copyInto(from, to);
    eraseInPlace(to, box, levels);
  });
}
