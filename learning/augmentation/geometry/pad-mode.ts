/**
 * What lies beyond a border, in torchvision's words: a constant; `edge`, the last pixel repeated; `reflect`,
 * mirrored without the last pixel (c b | a b c | b a); `symmetric`, mirrored with it (b a | a b c | c b).
 */
export type PadMode = 'constant' | 'edge' | 'reflect' | 'symmetric';
export const PAD_MODES: readonly PadMode[] = ['constant', 'edge', 'reflect', 'symmetric'];

/** Which pixel of a line of `length` stands at a position in or outside it; -1 for the constant. */
export function padIndex(position: number, length: number, mode: PadMode): number {
  if (position >= 0 && position < length) return position;
  switch (mode) {
    case 'constant':
      return -1;
    case 'edge':
      return position < 0 ? 0 : length - 1;
    case 'reflect': {
      // One pixel has nothing to be mirrored: it is repeated, as NumPy does.
      if (length === 1) return 0;
      const period = 2 * (length - 1);
      const place = ((position % period) + period) % period;
      return place < length ? place : period - place;
    }
    case 'symmetric': {
      const period = 2 * length;
      const place = ((position % period) + period) % period;
      return place < length ? place : period - 1 - place;
    }
  }
}
