import type { ImageShape } from '../../domain/records.js';

/** @param inputShape [height, width, channels] of a network's input; null accepts any size */
export function takesImages(
  inputShape: ReadonlyArray<number | null>,
  { height, width, channels }: ImageShape,
): boolean {
  const image = [height, width, channels];
  return inputShape.length === 3 && inputShape.every((side, axis) => side === null || side === image[axis]);
}
