import { imageBytes } from '../../../domain/image-bytes.js';
import { refuse } from '../checks.js';
import { expectPicture, type Picture } from '../picture.js';
import { addressOf, FIRST_PICTURE, growTo, memoryBuffer, type SourceAndTarget } from './kernels.js';

/** A picture without its bytes. */
export type Shape = Omit<Picture, 'data'>;

/** Arguments of a kernel for a source and a target, both in its memory. */
export function kernelArguments(source: Picture, target: Picture): SourceAndTarget {
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

/** False for a picture placed before the memory grew. */
export function isInMemory({ data }: Picture): boolean {
  return data.buffer === memoryBuffer();
}

/** Bytes that kernels may read beyond a picture. */
const MARGIN = 16;

/**
 * Places pictures with undefined content in the kernels' memory; the next call reuses it.
 * @throws ConfigurationError when they don't fit
 */
export function placePictures(...shapes: readonly Shape[]): Picture[] {
  let end = FIRST_PICTURE;
  const starts = shapes.map((shape) => {
    const start = end;
    end = Math.ceil((start + imageBytes(shape) + MARGIN) / MARGIN) * MARGIN;
    return start;
  });
  if (!growTo(end)) {
    const sizes = shapes.map(({ width, height, channels }) => `${width} x ${height} x ${channels}`);
    refuse(
      'picture',
      sizes.join(' and '),
      'sizes that fit into 2 GiB in total: crop, or resize in parts, first',
    );
  }
  const buffer = memoryBuffer();
  return shapes.map((shape, index) => {
    const { width, height, channels } = shape;
    return { width, height, channels, data: new Uint8Array(buffer, starts[index]!, imageBytes(shape)) };
  });
}

/**
 * Returns a new picture computed in the kernels' memory.
 * @param size of the target; default: the source's
 * @throws ConfigurationError when the source is not a valid picture, or too large
 */
export function newPicture(
  source: Picture,
  change: (source: Picture, target: Picture) => void,
  { width, height }: { readonly width: number; readonly height: number } = source,
): Picture {
  expectPicture('picture', source);
  const shape = { width, height, channels: source.channels };
  const [from, to] = placePictures(source, shape) as [Picture, Picture];
  from.data.set(source.data);
  change(from, to);
  return { ...shape, data: to.data.slice() };
}
