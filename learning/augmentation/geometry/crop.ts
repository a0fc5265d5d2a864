import { expectInteger, expectOneOf } from '../checks.js';
import { type ChannelFill, channelFill, type Fill, paint } from '../fill.js';
import { expectPicture, expectSize, LARGEST_SIDE, type Picture } from '../picture.js';
import { colourLine, grayLine, wordsOf } from './fixed-point-lines.js';
import { PAD_MODES, type PadMode, padIndex } from './pad-mode.js';

/** A window of a picture, in pixels. It may reach beyond the picture, or lie outside. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is put where a window reaches beyond the picture. */
export interface Beyond {
  /** `constant` unless given */
  readonly mode?: PadMode;
  /** of `constant`; 0 (black) unless given */
  readonly fill?: Fill;
}

/** Copies pixels of a source row to a target row; all of them are inside. Positions are in pixels. */
function copyPixels(source: Picture, target: Picture, read: number, write: number, pixels: number): void {
  const { channels } = source;
  const start = read * channels;
  const length = pixels * channels;
  // A loop is faster than a view for short rows.
  if (length > 256) {
    target.data.set(source.data.subarray(start, start + length), write * channels);
    return;
  }
  const from = source.data;
  const to = target.data;
  const offset = write * channels;
  for (let index = 0; index < length; index++) to[offset + index] = from[start + index]!;
}

const NO_WORDS = new Int32Array(0);

/** Copies pixels of a source row, from `column` leftwards. */
function mirrorPixels(
  { data, width, channels }: Picture,
  target: Picture,
  words: Int32Array,
  row: number,
  column: number,
  write: number,
  pixels: number,
): void {
  const end = write + pixels;
  if (channels === 1) grayLine(data, target.data, width, write, end, column << 16, row << 16, -65536, 0);
  else colourLine(data, target.data, words, width, write, end, column << 16, row << 16, -65536, 0);
}

/**
 * Cuts the window of the target's size that starts at (left, top); with `flip` it is then mirrored left and
 * right, in the same pass. The target is another buffer.
 */
export function cropInto(
  source: Picture,
  target: Picture,
  left: number,
  top: number,
  mode: PadMode,
  fill: ChannelFill,
  flip = false,
): void {
  const { width, height, channels } = source;
  // Columns of the window that are inside: from first, before last.
  const first = Math.min(Math.max(0, -left), target.width);
  const last = Math.max(first, Math.min(target.width, width - left));
  const words = flip && channels === 3 ? wordsOf(target.data) : NO_WORDS;
  for (let y = 0; y < target.height; y++) {
    const row = padIndex(top + y, height, mode);
    const start = y * target.width;
    if (row < 0) {
      paint(target, start, start + target.width, fill);
      continue;
    }
    const inside = row * width + left + first;
    if (last > first) {
      const write = start + (flip ? target.width - last : first);
      const pixels = last - first;
      if (!flip) copyPixels(source, target, inside, write, pixels);
      else mirrorPixels(source, target, words, row, left + last - 1, write, pixels);
    }
    padColumns(source, target, row, start, left, 0, first, mode, fill, flip);
    padColumns(source, target, row, start, left, last, target.width, mode, fill, flip);
  }
}

function padColumns(
  source: Picture,
  target: Picture,
  row: number,
  start: number,
  left: number,
  from: number,
  to: number,
  mode: PadMode,
  fill: ChannelFill,
  flip: boolean,
): void {
  const { width, channels } = source;
  if (mode === 'constant') {
    const begin = start + (flip ? target.width - to : from);
    if (to > from) paint(target, begin, begin + to - from, fill);
    return;
  }
  for (let x = from; x < to; x++) {
    const read = (row * width + padIndex(left + x, width, mode)) * channels;
    const write = (start + (flip ? target.width - 1 - x : x)) * channels;
    for (let channel = 0; channel < channels; channel++) {
      target.data[write + channel] = source.data[read + channel]!;
    }
  }
}

/**
 * The window of a picture. What reaches beyond is filled: padding and then cropping, as torchvision's
 * `RandomCrop(padding, padding_mode)` does, is a crop with a negative start.
 */
export function crop(source: Picture, window: Window, beyond: Beyond = {}): Picture {
  expectPicture('picture', source);
  expectInteger('window.left', window.left, -LARGEST_SIDE, LARGEST_SIDE);
  expectInteger('window.top', window.top, -LARGEST_SIDE, LARGEST_SIDE);
  expectSize('window', window.width, window.height);
  const { mode = 'constant', fill = 0 } = beyond;
  expectOneOf('beyond.mode', mode, PAD_MODES);
  const { width, height } = window;
  const target: Picture = {
    width,
    height,
    channels: source.channels,
    data: new Uint8Array(width * height * source.channels),
  };
  cropInto(source, target, window.left, window.top, mode, channelFill(fill, source.channels));
  return target;
}

/** The picture with a border of so many pixels around it. */
export function pad(
  source: Picture,
  by: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  beyond: Beyond = {},
): Picture {
  for (const [side, pixels] of Object.entries(by)) expectInteger(`by.${side}`, pixels, 0, LARGEST_SIDE);
  const width = source.width + by.left + by.right;
  const height = source.height + by.top + by.bottom;
  return crop(source, { left: -by.left, top: -by.top, width, height }, beyond);
}

/** Python rounds halves to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Where torchvision's centre crop starts along one side; what is too small gets a black border first. */
function centreStart(side: number, wanted: number): number {
  return wanted > side ? -Math.floor((wanted - side) / 2) : roundHalfEven((side - wanted) / 2);
}

/** The middle of a picture (torchvision `center_crop`). */
export function centreCrop(source: Picture, width: number, height: number): Picture {
  expectPicture('picture', source);
  expectSize('crop', width, height);
  return crop(source, {
    left: centreStart(source.width, width),
    top: centreStart(source.height, height),
    width,
    height,
  });
}
