import fc from 'fast-check';
import type { Channels, Picture } from '../../../../learning/augmentation/picture.js';

/** Small pictures of any content, gray and colour, down to one pixel. */
export function pictures(largest = 12): fc.Arbitrary<Picture> {
  const side = fc.integer({ min: 1, max: largest });
  return fc.tuple(side, side, fc.constantFrom<Channels>(1, 3)).chain(([width, height, channels]) => {
    const length = width * height * channels;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((data) => ({ width, height, channels, data }));
  });
}
