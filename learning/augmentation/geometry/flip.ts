import { expectPicture, likePicture, type Picture } from '../picture.js';

/** Mirrors left and right. The target is another buffer of the same shape. */
export function flipHorizontalInto(source: Picture, target: Picture): void {
  const { width, height } = source;
  const from = source.data;
  const to = target.data;
  if (source.channels === 1) {
    for (let y = 0, at = 0; y < height; y++) {
      let mirrored = at + width - 1;
      for (const end = at + width; at < end; at++, mirrored--) to[at] = from[mirrored]!;
    }
    return;
  }
  const stride = width * 3;
  for (let y = 0, at = 0; y < height; y++) {
    let mirrored = at + stride - 3;
    for (const end = at + stride; at < end; at += 3, mirrored -= 3) {
      to[at] = from[mirrored]!;
      to[at + 1] = from[mirrored + 1]!;
      to[at + 2] = from[mirrored + 2]!;
    }
  }
}

/** Mirrors top and bottom. The target is another buffer of the same shape. */
export function flipVerticalInto(source: Picture, target: Picture): void {
  const stride = source.width * source.channels;
  for (let y = 0; y < source.height; y++) {
    const from = (source.height - 1 - y) * stride;
    target.data.set(source.data.subarray(from, from + stride), y * stride);
  }
}

/** The picture mirrored left and right. */
export function flipHorizontal(source: Picture): Picture {
  expectPicture('picture', source);
  const target = likePicture(source);
  flipHorizontalInto(source, target);
  return target;
}

/** The picture mirrored top and bottom. */
export function flipVertical(source: Picture): Picture {
  expectPicture('picture', source);
  const target = likePicture(source);
  flipVerticalInto(source, target);
  return target;
}
