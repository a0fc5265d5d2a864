import type { z } from 'zod';
import {
  type TransformConfig,
  type TransformInput,
  transformConfig,
} from '../../../domain/config/transforms.js';
import { refuse } from '../checks.js';
import { affine } from '../geometry/affine.js';
import type { AffineMatrix } from '../geometry/affine-nearest.js';
import { centreCrop, crop, pad } from '../geometry/crop.js';
import { flipHorizontal, flipVertical } from '../geometry/flip.js';
import {
  getAffineTransform,
  getPerspectiveTransform,
  type Matrix23,
  type Matrix33,
} from '../geometry/opencv/matrices.js';
import type { Point } from '../geometry/opencv/points.js';
import { type WarpOptions, warpAffine, warpPerspective } from '../geometry/opencv/warp.js';
import { rotate90, rotate180, rotate270 } from '../geometry/quarter-turn.js';
import { resize } from '../geometry/resize.js';
import { rotate } from '../geometry/rotate.js';
import { shearX, shearY } from '../geometry/shear.js';
import { translate } from '../geometry/translate.js';
import { zoom } from '../geometry/zoom.js';
import type { Picture } from '../picture.js';
import { erase } from '../regions/box.js';
import { autocontrast } from '../values/autocontrast.js';
import { addBrightness, brightness } from '../values/brightness.js';
import { color } from '../values/color.js';
import { contrast } from '../values/contrast.js';
import { equalize } from '../values/equalize.js';
import { invert } from '../values/invert.js';
import { posterize } from '../values/posterize.js';
import { sharpness } from '../values/sharpness.js';
import { solarize, solarizeAdd } from '../values/solarize.js';

export type TransformName = TransformConfig['name'];

type ParametersOf<Name extends TransformName> = Extract<TransformConfig, { name: Name }>;
type Table = {
  readonly [Name in TransformName]: (picture: Picture, parameters: ParametersOf<Name>) => Picture;
};
type Warping = ParametersOf<'warpAffine'> | ParametersOf<'warpPerspective'>;

/** Returns the matrix, or computes the one that maps the points `src` to `dst`. */
function matrixOf<Matrix>(
  { name, M, src, dst }: Warping,
  between: (src: readonly Point[], dst: readonly Point[]) => Matrix,
): Matrix {
  if (M && !src && !dst) return M as unknown as Matrix;
  if (M || !src || !dst) refuse(name, { M, src, dst }, 'either M, or src and dst');
  return between(src as unknown as Point[], dst as unknown as Point[]);
}

function sizeOf({ dsize }: Warping): readonly [number, number] {
  return [dsize[0]!, dsize[1]!];
}

/** All operations by the name of their function. */
export const TRANSFORMS: Table = {
  crop: (picture, { padding, fill, ...window }) => crop(picture, window, { mode: padding, fill }),
  centreCrop: (picture, { width, height }) => centreCrop(picture, width, height),
  pad: (picture, { left, top, right, bottom, padding, fill }) =>
    pad(picture, { left, top, right, bottom }, { mode: padding, fill }),
  resize: (picture, { width, height, filter }) => resize(picture, width, height, filter),
  flipHorizontal,
  flipVertical,
  rotate90,
  rotate180,
  rotate270,
  rotate: (picture, { degrees, ...sampling }) => rotate(picture, degrees, sampling),
  shearX: (picture, { slope, ...sampling }) => shearX(picture, slope, sampling),
  shearY: (picture, { slope, ...sampling }) => shearY(picture, slope, sampling),
  translate: (picture, { right, down, fill }) => translate(picture, right, down, { fill }),
  zoom: (picture, { factor, ...sampling }) => zoom(picture, factor, sampling),
  affine: (picture, { matrix, ...sampling }) => affine(picture, matrix as unknown as AffineMatrix, sampling),
  warpAffine: (picture, parameters) => {
    const M = matrixOf<Matrix23>(parameters, getAffineTransform);
    return warpAffine(picture, M, sizeOf(parameters), parameters as WarpOptions);
  },
  warpPerspective: (picture, parameters) => {
    const M = matrixOf<Matrix33>(parameters, getPerspectiveTransform);
    return warpPerspective(picture, M, sizeOf(parameters), parameters as WarpOptions);
  },
  addBrightness: (picture, { amount }) => addBrightness(picture, amount),
  brightness: (picture, { factor }) => brightness(picture, factor),
  color: (picture, { factor }) => color(picture, factor),
  contrast: (picture, { factor }) => contrast(picture, factor),
  sharpness: (picture, { factor }) => sharpness(picture, factor),
  posterize: (picture, { bits }) => posterize(picture, bits),
  solarize: (picture, { threshold }) => solarize(picture, threshold),
  solarizeAdd: (picture, { amount }) => solarizeAdd(picture, amount),
  autocontrast,
  equalize,
  invert,
  erase: (picture, { left, top, right, bottom, fill }) => erase(picture, { left, top, right, bottom }, fill),
};

type AnyTransform = (picture: Picture, parameters: TransformConfig) => Picture;

/** Applies checked operations to a picture, one after another. */
export function applyTransforms(picture: Picture, transforms: readonly TransformConfig[]): Picture {
  return transforms.reduce((current, one) => (TRANSFORMS[one.name] as AnyTransform)(current, one), picture);
}

/** @throws ConfigurationError for an unknown name or parameter, or one out of its range */
export function expectTransforms(transforms: readonly TransformInput[]): TransformConfig[] {
  const { data, error } = transformConfig.array().safeParse(transforms);
  if (data) return data;
  const [{ path, message }] = error.issues as [z.core.$ZodIssue];
  const value = path.reduce((at: unknown, key) => (at as Record<PropertyKey, unknown>)?.[key], transforms);
  refuse(`transforms.${path.join('.')}`, value, `a value of its schema: ${message}`);
}

/**
 * Applies operations to a picture, one after another; parameters with defaults may be left out. Ignores `probability`,
 * which only the drawing of plans uses.
 * @throws ConfigurationError for an unknown name or parameter, one out of its range, or one that does not fit the
 * picture, such as a box outside it
 */
export function transform(source: Picture, transforms: readonly TransformInput[]): Picture {
  return applyTransforms(source, expectTransforms(transforms));
}
