import { resize } from '../augmentation/geometry/resize.js';
import type { Picture } from '../augmentation/picture.js';

/** Scales a picture down and up again with Pillow's box filter. */
export function pixelate(source: Picture, share: number): Picture {
  const { width, height } = source;
  const side = (pixels: number) => Math.max(1, Math.floor(pixels * share));
  return resize(resize(source, side(width), side(height), 'box'), width, height, 'box');
}
