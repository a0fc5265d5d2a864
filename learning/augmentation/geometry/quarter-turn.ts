import { expectPicture, likePicture, type Picture } from '../picture.js';

/**
 * Copies the pixels so that the source pixel (x, y) lands at start + x * alongX + y * alongY of the target, in
 * pixels.
 */
function turnInto(source: Picture, target: Picture, start: number, alongX: number, alongY: number): void {
  const { width, height, channels } = source;
  const from = source.data;
  const to = target.data;
  let read = 0;
  for (let y = 0; y < height; y++) {
    let write = (start + y * alongY) * channels;
    for (let x = 0; x < width; x++) {
      to[write] = from[read++]!;
      if (channels === 3) {
        to[write + 1] = from[read++]!;
        to[write + 2] = from[read++]!;
      }
      write += alongX * channels;
    }
  }
}

/** Turns by 90 degrees, counter-clockwise. The target has the sides exchanged. */
export function rotate90Into(source: Picture, target: Picture): void {
  turnInto(source, target, (source.width - 1) * source.height, -source.height, 1);
}

/** Turns by 180 degrees. */
export function rotate180Into(source: Picture, target: Picture): void {
  turnInto(source, target, source.width * source.height - 1, -1, -source.width);
}

/** Turns by 270 degrees counter-clockwise. The target has the sides exchanged. */
export function rotate270Into(source: Picture, target: Picture): void {
  turnInto(source, target, source.height - 1, source.height, -1);
}

function exchanged(source: Picture): Picture {
  return { ...likePicture(source), width: source.height, height: source.width };
}

/** The picture turned by 90 degrees counter-clockwise, its sides exchanged. */
export function rotate90(source: Picture): Picture {
  expectPicture('picture', source);
  const target = exchanged(source);
  rotate90Into(source, target);
  return target;
}

/** The picture upside down. */
export function rotate180(source: Picture): Picture {
  expectPicture('picture', source);
  const target = likePicture(source);
  rotate180Into(source, target);
  return target;
}

/** The picture turned by 270 degrees counter-clockwise, its sides exchanged. */
export function rotate270(source: Picture): Picture {
  expectPicture('picture', source);
  const target = exchanged(source);
  rotate270Into(source, target);
  return target;
}
