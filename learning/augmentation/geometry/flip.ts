import { newPicture } from '../kernels/kernel-memory.js';
import { expectPicture, likePicture, type Picture } from '../picture.js';
import { cropInto } from './crop.js';

const NO_FILL = new Uint8Array(3);

/** Mirrors left and right. The target is another buffer of the same shape. */
function flipHorizontalInto(source: Picture, target: Picture): void {
  cropInto(source, target, 0, 0, 'constant', NO_FILL, true);
}

/** Mirrors top and bottom. The target is another buffer of the same shape. */
export function flipVerticalInto(source: Picture, target: Picture): void {
  const stride = source.width * source.channels;
  for (let y = 0; y < source.height; y++) {
    const from = (source.height - 1 - y) * stride;
    target.data.set(source.data.subarray(from, from + stride), y * stride);
  }
}

/** Mirrors the picture left and right. */
export function flipHorizontal(source: Picture): Picture {
  return newPicture(source, flipHorizontalInto);
}

/** Mirrors the picture top and bottom. */
export function flipVertical(source: Picture): Picture {
  expectPicture('picture', source);
  const target = likePicture(source);
  flipVerticalInto(source, target);
  return target;
}
