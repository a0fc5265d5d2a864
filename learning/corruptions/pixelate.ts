import { resize } from '../augmentation/geometry/resize.js';
import type { Picture } from '../augmentation/picture.js';

/** Makes a picture smaller and large again with box filters, as Pillow does. */
export function pixelate(source: Picture, share: number): Picture {
  const { width, height } = source;
  const side = (pixels: number) => Math.max(1, Math.floor(pixels * share));
  return resize(resize(source, side(width), side(height), 'box'), width, height, 'box');
}
