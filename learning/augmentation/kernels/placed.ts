import { imageBytes } from '../../../domain/image-bytes.js';
import { refuse } from '../checks.js';
import { expectPicture, type Picture } from '../picture.js';
import { addressOf, type Between, FIRST_PICTURE, memoryBuffer, reach } from './kernels.js';

/** A picture without its bytes. */
export type Shape = Omit<Picture, 'data'>;

/** How kernels are told of a source and a target, both in the memory. */
export function between(source: Picture, target: Picture): Between {
  return [
    addressOf(source.data),
    source.width,
    source.height,
    addressOf(target.data),
    target.width,
    target.height,
    source.channels,
  ];
}

/** Not for a place from before the memory grew. */
export function isInMemory({ data }: Picture): boolean {
  return data.buffer === memoryBuffer();
}

/** The kernels may read so far beyond a picture. */
const MARGIN = 16;

/**
 * Room for pictures in the kernels' memory, with any content; it is theirs until the next call.
 * @throws ConfigurationError when they don't fit
 */
export function roomFor(...shapes: readonly Shape[]): Picture[] {
  let end = FIRST_PICTURE;
  const starts = shapes.map((shape) => {
    const start = end;
    end = Math.ceil((start + imageBytes(shape) + MARGIN) / MARGIN) * MARGIN;
    return start;
  });
  if (!reach(end)) {
    const sizes = shapes.map(({ width, height, channels }) => `${width} x ${height} x ${channels}`);
    refuse(
      'picture',
      sizes.join(' and '),
      'sizes that fit into 2 GiB together: crop, or resize in parts, first',
    );
  }
  const buffer = memoryBuffer();
  return shapes.map((shape, index) => {
    const { width, height, channels } = shape;
    return { width, height, channels, data: new Uint8Array(buffer, starts[index]!, imageBytes(shape)) };
  });
}

/**
 * A new picture by an inner function, which finds source and target in the kernels' memory.
 * @param size the target's; the source's unless given
 * @throws ConfigurationError when the source is no picture, or too large
 */
export function changed(
  source: Picture,
  change: (source: Picture, target: Picture) => void,
  { width, height }: { readonly width: number; readonly height: number } = source,
): Picture {
  expectPicture('picture', source);
  const shape = { width, height, channels: source.channels };
  const [from, to] = roomFor(source, shape) as [Picture, Picture];
  from.data.set(source.data);
  change(from, to);
  return { ...shape, data: to.data.slice() };
}
