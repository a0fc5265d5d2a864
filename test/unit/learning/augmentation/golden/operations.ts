import { affine } from '../../../../../learning/augmentation/geometry/affine.js';
import { centreCrop, crop, pad } from '../../../../../learning/augmentation/geometry/crop.js';
import { flipHorizontal, flipVertical } from '../../../../../learning/augmentation/geometry/flip.js';
import { warpAffine, warpPerspective } from '../../../../../learning/augmentation/geometry/opencv/warp.js';
import { rotate90, rotate180, rotate270 } from '../../../../../learning/augmentation/geometry/quarter-turn.js';
import { resize } from '../../../../../learning/augmentation/geometry/resize.js';
import type { Picture } from '../../../../../learning/augmentation/picture.js';
import { applyPlan } from '../../../../../learning/augmentation/policies/apply.js';
import { autocontrast } from '../../../../../learning/augmentation/values/autocontrast.js';
import { addBrightness, brightness } from '../../../../../learning/augmentation/values/brightness.js';
import { color } from '../../../../../learning/augmentation/values/color.js';
import { contrast } from '../../../../../learning/augmentation/values/contrast.js';
import { equalize } from '../../../../../learning/augmentation/values/equalize.js';
import { invert } from '../../../../../learning/augmentation/values/invert.js';
import { posterize } from '../../../../../learning/augmentation/values/posterize.js';
import { sharpness } from '../../../../../learning/augmentation/values/sharpness.js';
import { solarize } from '../../../../../learning/augmentation/values/solarize.js';

// biome-ignore lint/suspicious/noExplicitAny: arguments come from the vectors' JSON
type Run = (picture: Picture, args: any) => Picture;

const warpOptions = (args: Parameters<Run>[1]) => ({ ...args, inverseMap: args.inverse });

/** The vectors' operations by name. */
export const RUNS: Readonly<Record<string, Run>> = {
  operation: (picture, { name, magnitude, interpolation = 'nearest', fill = 0 }) =>
    applyPlan({ flip: false, operations: [{ name, magnitude }], erase: [], interpolation, fill }, picture),
  FLIP_LEFT_RIGHT: flipHorizontal,
  FLIP_TOP_BOTTOM: flipVertical,
  ROTATE_90: rotate90,
  ROTATE_180: rotate180,
  ROTATE_270: rotate270,
  centreCrop: (picture, { width, height }) => centreCrop(picture, width, height),
  crop: (picture, window) => crop(picture, window),
  pad: (picture, { left, top, right, bottom, mode, fill }) =>
    pad(picture, { left, top, right, bottom }, { mode, fill }),
  affine: (picture, { matrix, interpolation, fill, width, height }) =>
    affine(picture, matrix, { interpolation, fill }, { width, height }),
  resize: (picture, { width, height, filter }) => resize(picture, width, height, filter),
  resizedCrop: (picture, { to, ...window }) => resize(crop(picture, window), to, to),
  brightness: (picture, { factor }) => brightness(picture, factor),
  color: (picture, { factor }) => color(picture, factor),
  contrast: (picture, { factor }) => contrast(picture, factor),
  sharpness: (picture, { factor }) => sharpness(picture, factor),
  posterize: (picture, { bits }) => posterize(picture, bits),
  solarize: (picture, { threshold }) => solarize(picture, threshold),
  autocontrast,
  equalize,
  invert,
  addBrightness: (picture, { amount }) => addBrightness(picture, amount),
  warpAffine: (picture, args) => warpAffine(picture, args.M, args.dsize, warpOptions(args)),
  warpPerspective: (picture, args) => warpPerspective(picture, args.M, args.dsize, warpOptions(args)),
};
