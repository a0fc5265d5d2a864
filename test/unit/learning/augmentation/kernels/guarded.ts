import assert from 'node:assert/strict';
import fc from 'fast-check';
import { imageBytes } from '../../../../../domain/image-bytes.js';
import { placePictures, type Shape } from '../../../../../learning/augmentation/kernels/kernel-memory.js';
import { memoryBuffer } from '../../../../../learning/augmentation/kernels/kernels.js';
import type { Channels, Picture } from '../../../../../learning/augmentation/picture.js';

const GUARD = 0xa5;

/**
 * Runs an inner function in the kernels' memory and gives the target's bytes.
 * @throws AssertionError when a byte of the source, between the two, or behind the target has changed
 */
export function guarded(
  source: Picture,
  work: (from: Picture, to: Picture) => void,
  size: { readonly width: number; readonly height: number } = source,
): Uint8Array {
  const shape: Shape = { width: size.width, height: size.height, channels: source.channels };
  const [from, to] = placePictures(source, shape) as [Picture, Picture];
  const end = to.data.byteOffset + imageBytes(shape);
  const all = new Uint8Array(memoryBuffer(), from.data.byteOffset, end + 16 - from.data.byteOffset);
  all.fill(GUARD);
  from.data.set(source.data);
  work(from, to);
  const made = to.data.slice();
  assert.ok(Buffer.compare(from.data, source.data) === 0, 'the source was written to');
  to.data.fill(GUARD);
  from.data.fill(GUARD);
  assert.ok(
    Buffer.compare(all, Buffer.alloc(all.length, GUARD)) === 0,
    'bytes outside the target were written to',
  );
  return made;
}

/** The same with the source as its own target. */
export function inPlace(source: Picture, work: (from: Picture, to: Picture) => void): Uint8Array {
  return guarded(source, (from, to) => {
    to.data.set(from.data);
    work(to, to);
  });
}

/** From one pixel to several vectors and a rest; gray and colour. */
export function anyPicture(widest = 75, highest = 5): fc.Arbitrary<Picture> {
  return fc
    .tuple(
      fc.integer({ min: 1, max: widest }),
      fc.integer({ min: 1, max: highest }),
      fc.constantFrom<Channels>(1, 3),
    )
    .chain(([width, height, channels]) => {
      const length = width * height * channels;
      return fc
        .uint8Array({ minLength: length, maxLength: length })
        .map((data) => ({ width, height, channels, data }));
    });
}

/** A picture of one function of column, row and channel. */
export function drawn(
  { width, height, channels }: Shape,
  level: (x: number, y: number, channel: number) => number,
): Uint8Array {
  return Uint8Array.from({ length: width * height * channels }, (_, at) => {
    const pixel = Math.floor(at / channels);
    return level(pixel % width, Math.floor(pixel / width), at % channels);
  });
}

export function levelAt({ width, channels, data }: Picture, x: number, y: number, channel: number): number {
  return data[(y * width + x) * channels + channel]!;
}
