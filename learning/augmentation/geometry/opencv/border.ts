/**
 * Padding beyond a border, named as in OpenCV: a constant; `replicate`, the last pixel repeated; `reflect`, mirrored
 * with it (b a | a b c | c b); `reflect101`, mirrored without it (c b | a b c | b a); `wrap`, from the other side.
 */
export type BorderMode = 'constant' | 'replicate' | 'reflect' | 'reflect101' | 'wrap';
export const BORDER_MODES: readonly BorderMode[] = ['constant', 'replicate', 'reflect', 'reflect101', 'wrap'];

/** Index of the pixel at a position in or outside a line of `length`; -1 for the constant. */
export function borderIndex(position: number, length: number, mode: BorderMode): number {
  if (position >= 0 && position < length) return position;
  switch (mode) {
    case 'constant':
      return -1;
    case 'replicate':
      return position < 0 ? 0 : length - 1;
    case 'reflect': {
      const period = 2 * length;
      const place = ((position % period) + period) % period;
      return place < length ? place : period - 1 - place;
    }
    case 'reflect101': {
      if (length === 1) return 0;
      const period = 2 * (length - 1);
      const place = ((position % period) + period) % period;
      return place < length ? place : period - place;
    }
    case 'wrap':
      return ((position % length) + length) % length;
  }
}
