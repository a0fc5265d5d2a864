import { z } from 'zod';

const LARGEST_SIDE = 32_767;
const side = z.int().min(1).max(LARGEST_SIDE);
const offset = z.int().min(-LARGEST_SIDE).max(LARGEST_SIDE);
const border = z.int().min(0).max(LARGEST_SIDE).default(0);
const number = z.number();
const level = z.int().min(0).max(255);
const fill = z.union([level, z.array(level).min(1).max(3)]).default(0);
const padding = z.enum(['constant', 'edge', 'reflect', 'symmetric']).default('constant');
const interpolation = z.enum(['nearest', 'bilinear', 'bicubic']).default('nearest');
const factor = number.describe('0 removes it completely, 1 changes nothing, above 1 amplifies it.');
const probability = z.number().min(0).max(1).default(1).describe('Probability of applying it to an image.');

/** Lists of a fixed length: rows of a matrix, points [x, y]. */
const matrix = (rows: number) => z.array(z.array(number).length(3)).length(rows);
const points = (count: number) => z.array(z.array(number).length(2)).length(count);
/** Named as in OpenCV; with either a matrix or the points that determine it. */
const warp = {
  dsize: z
    .array(z.int().min(0).max(LARGEST_SIDE))
    .length(2)
    .default([0, 0])
    .describe('Width and height of the result; [0, 0]: those of the image.'),
  flags: z.enum(['nearest', 'linear', 'cubic']).default('linear'),
  borderMode: z.enum(['constant', 'replicate', 'reflect', 'reflect101', 'wrap']).default('constant'),
  borderValue: fill,
};

function transform<Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, parameters: Shape) {
  return z.strictObject({ name: z.literal(name), ...parameters, probability });
}

/** Exact operations with all their parameters; learning/augmentation implements them. */
export const transformConfig = z
  .discriminatedUnion('name', [
    transform('crop', { left: offset, top: offset, width: side, height: side, padding, fill }),
    transform('centreCrop', { width: side, height: side }),
    transform('pad', { left: border, top: border, right: border, bottom: border, padding, fill }),
    transform('resize', {
      width: side,
      height: side,
      filter: z.enum(['nearest', 'box', 'bilinear', 'hamming', 'bicubic', 'lanczos']).default('bilinear'),
    }),
    transform('flipHorizontal', {}),
    transform('flipVertical', {}),
    transform('rotate90', {}),
    transform('rotate180', {}),
    transform('rotate270', {}),
    transform('rotate', { degrees: number.describe('Counter-clockwise.'), interpolation, fill }),
    transform('shearX', { slope: number.describe('Tangent of the angle.'), interpolation, fill }),
    transform('shearY', { slope: number.describe('Tangent of the angle.'), interpolation, fill }),
    transform('translate', { right: offset.default(0), down: offset.default(0), fill }),
    transform('zoom', {
      factor: z.number().min(0.01).max(100).describe('Above 1 enlarges.'),
      interpolation,
      fill,
    }),
    transform('affine', {
      matrix: z.array(number).length(6).describe('Maps target to source, as in Pillow.'),
      interpolation,
      fill,
    }),
    transform('warpAffine', {
      M: matrix(2).optional(),
      src: points(3).optional(),
      dst: points(3).optional(),
      ...warp,
    }),
    transform('warpPerspective', {
      M: matrix(3).optional(),
      src: points(4).optional(),
      dst: points(4).optional(),
      ...warp,
    }),
    transform('addBrightness', { amount: z.int().min(-255).max(255) }),
    transform('brightness', { factor }),
    transform('color', { factor }),
    transform('contrast', { factor }),
    transform('sharpness', { factor }),
    transform('posterize', { bits: z.int().min(0).max(8) }),
    transform('solarize', { threshold: z.number().min(0).max(256) }),
    transform('solarizeAdd', { amount: z.int().min(-255).max(255) }),
    transform('autocontrast', {}),
    transform('equalize', {}),
    transform('invert', {}),
    transform('erase', { left: border, top: border, right: side, bottom: side, fill }),
  ])
  .describe('An operation with all its parameters.');

export type TransformConfig = z.output<typeof transformConfig>;
export type TransformInput = z.input<typeof transformConfig>;
