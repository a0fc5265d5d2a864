import { expectPicture, likePicture, type Picture } from '../picture.js';

/**
 * Copies the source pixel (x, y) to the target pixel start + x * alongX + y * alongY.
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

/** Rotates by 90 degrees counter-clockwise. Width and height of the target are swapped. */
export function rotate90Into(source: Picture, target: Picture): void {
  turnInto(source, target, (source.width - 1) * source.height, -source.height, 1);
}

/** Rotates by 180 degrees. */
export function rotate180Into(source: Picture, target: Picture): void {
  turnInto(source, target, source.width * source.height - 1, -1, -source.width);
}

/** Rotates by 270 degrees counter-clockwise. Width and height of the target are swapped. */
export function rotate270Into(source: Picture, target: Picture): void {
  turnInto(source, target, source.height - 1, source.height, -1);
}

function exchanged(source: Picture): Picture {
  return { ...likePicture(source), width: source.height, height: source.width };
}

/** Rotates the picture by 90 degrees counter-clockwise; width and height are swapped. */
export function rotate90(source: Picture): Picture {
  expectPicture('picture', source);
  const target = exchanged(source);
  rotate90Into(source, target);
  return target;
}

/** Rotates the picture by 180 degrees. */
export function rotate180(source: Picture): Picture {
  expectPicture('picture', source);
  const target = likePicture(source);
  rotate180Into(source, target);
  return target;
}

/** Rotates the picture by 270 degrees counter-clockwise; width and height are swapped. */
export function rotate270(source: Picture): Picture {
  expectPicture('picture', source);
  const target = exchanged(source);
  rotate270Into(source, target);
  return target;
}
