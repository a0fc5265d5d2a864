import type { ImageShape } from '../records.js';
import type { ImageConfig } from './data.js';

/** The settings that bring pictures to a shape. */
export function sizeOf({
  height,
  width,
  channels,
}: ImageShape): Required<Pick<ImageConfig, 'height' | 'width' | 'colour'>> {
  return { height, width, colour: channels === 1 ? 'gray' : 'rgb' };
}
