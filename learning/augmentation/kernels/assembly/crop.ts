import { paint } from './paint';

/** Writes pixels in reverse order; `from` is the leftmost one's address. */
function mirror(from: usize, to: usize, pixels: i32, channels: i32): void {
  if (channels === 1) {
    for (; pixels >= 16; pixels -= 16, to += 16) {
      const levels = v128.load(from + pixels - 16);
      v128.store(to, i8x16.shuffle(levels, levels, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    }
    for (; pixels > 0; pixels--, to++) store<u8>(to, load<u8>(from + pixels - 1));
    return;
  }
  // Five colours are 15 bytes; the sixteenth is the next colour's, so a sixth must follow.
  for (; pixels >= 6; pixels -= 5, to += 15) {
    const colours = v128.load(from + (pixels - 5) * 3);
    v128.store(to, i8x16.shuffle(colours, colours, 12, 13, 14, 9, 10, 11, 6, 7, 8, 3, 4, 5, 0, 1, 2, 0));
  }
  for (; pixels > 0; pixels--, to += 3) {
    const read = from + (pixels - 1) * 3;
    store<u16>(to, load<u16>(read));
    store<u8>(to, load<u8>(read, 2), 2);
  }
}

/** Index of the pixel at a position in or outside a line; -1 for the constant. Modes as in pad-mode.ts. */
function padIndex(position: i32, length: i32, mode: i32): i32 {
  if (position >= 0 && position < length) return position;
  if (mode === 0) return -1;
  if (mode === 1) return position < 0 ? 0 : length - 1;
  // A line of one pixel can't be mirrored: the pixel is repeated, as in NumPy.
  if (mode === 2 && length === 1) return 0;
  const period = mode === 2 ? 2 * (length - 1) : 2 * length;
  const place = ((position % period) + period) % period;
  return place < length ? place : period - place - (mode === 2 ? 0 : 1);
}

/**
 * Crops the window of the target's size that starts at (left, top) of the source, then mirrors it left and right if
 * `flip` is set. The mode decides the pixels outside.
 */
export function cropRows(
  from: usize,
  width: i32,
  height: i32,
  to: usize,
  targetWidth: i32,
  targetHeight: i32,
  channels: i32,
  left: i32,
  top: i32,
  mode: i32,
  fill: u32,
  flip: bool,
): void {
  // Columns of the window that are inside: from first, before last.
  const first = min(max(0, -left), targetWidth);
  const last = max(first, min(targetWidth, width - left));
  for (let y = 0; y < targetHeight; y++, to += targetWidth * channels) {
    const row = padIndex(top + y, height, mode);
    if (row < 0) {
      paint(to, targetWidth, channels, fill);
      continue;
    }
    const line = from + row * width * channels;
    if (last > first) {
      const read = line + (left + first) * channels;
      if (flip) mirror(read, to + (targetWidth - last) * channels, last - first, channels);
      else memory.copy(to + first * channels, read, (last - first) * channels);
    }
    padColumns(line, width, to, targetWidth, channels, left, 0, first, mode, fill, flip);
    padColumns(line, width, to, targetWidth, channels, left, last, targetWidth, mode, fill, flip);
  }
}

/** Pads the columns of one row from `start` to `end`, all outside. */
function padColumns(
  line: usize,
  width: i32,
  to: usize,
  targetWidth: i32,
  channels: i32,
  left: i32,
  start: i32,
  end: i32,
  mode: i32,
  fill: u32,
  flip: bool,
): void {
  if (mode === 0) {
    paint(to + (flip ? targetWidth - end : start) * channels, end - start, channels, fill);
    return;
  }
  for (let x = start; x < end; x++) {
    const read = line + padIndex(left + x, width, mode) * channels;
    const write = to + (flip ? targetWidth - 1 - x : x) * channels;
    for (let channel = 0; channel < channels; channel++) store<u8>(write + channel, load<u8>(read + channel));
  }
}
