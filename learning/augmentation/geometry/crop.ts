import { expectInteger, expectOneOf } from '../checks.js';
import { type ChannelFill, channelFill, type Fill, wordOf } from '../fill.js';
import { kernelArguments, newPicture } from '../kernels/kernel-memory.js';
import { kernels } from '../kernels/kernels.js';
import { expectPicture, expectSize, LARGEST_SIDE, type Picture } from '../picture.js';
import { roundHalfEven } from '../round-half-even.js';
import { PAD_MODES, type PadMode } from './pad-mode.js';

/** A window of a picture, in pixels. It may reach beyond the picture, or lie outside. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Padding of a window that reaches beyond the picture. */
export interface Beyond {
  /** default: `constant` */
  readonly mode?: PadMode;
  /** for `constant`; default: 0 (black) */
  readonly fill?: Fill;
}

/**
 * Crops the window of the target's size that starts at (left, top); with `flip`, mirrors it left and right in the
 * same pass. The target is another buffer.
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
  kernels.cropRows(
    ...kernelArguments(source, target),
    left,
    top,
    PAD_MODES.indexOf(mode),
    wordOf(fill),
    flip,
  );
}

/** A picture and the start of a window in it. */
interface Cutting {
  readonly source: Picture;
  readonly left: number;
  readonly top: number;
}

/** Restricts a picture to the rows of a window: only these are copied into the kernels' memory. */
export function rowsShown(source: Picture, { left, top, height }: Window, mode: PadMode): Cutting {
  if (mode !== 'constant') return { source, left, top };
  const first = Math.min(Math.max(0, top), source.height);
  const last = Math.max(first, Math.min(source.height, top + height));
  const stride = source.width * source.channels;
  const data = source.data.subarray(first * stride, last * stride);
  return { source: { ...source, height: last - first, data }, left, top: top - first };
}

/**
 * Crops a window and pads the part outside the picture: torchvision's `RandomCrop(padding, padding_mode)`, which pads
 * and then crops, is a crop with a negative start.
 */
export function crop(source: Picture, window: Window, beyond: Beyond = {}): Picture {
  expectPicture('picture', source);
  expectInteger('window.left', window.left, -LARGEST_SIDE, LARGEST_SIDE);
  expectInteger('window.top', window.top, -LARGEST_SIDE, LARGEST_SIDE);
  expectSize('window', window.width, window.height);
  const { mode = 'constant', fill = 0 } = beyond;
  expectOneOf('beyond.mode', mode, PAD_MODES);
  const levels = channelFill(fill, source.channels);
  const { source: rows, left, top } = rowsShown(source, window, mode);
  return newPicture(rows, (from, to) => cropInto(from, to, left, top, mode, levels), window);
}

/** Adds a border of some pixels on each side. */
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

/** Start of torchvision's centre crop along one side; negative for a picture that is too small, which is padded. */
function centreStart(side: number, wanted: number): number {
  return wanted > side ? -Math.floor((wanted - side) / 2) : roundHalfEven((side - wanted) / 2);
}

/** Crops the centre of a picture (torchvision `center_crop`). */
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
