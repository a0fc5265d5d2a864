import type { ChannelFill } from '../fill.js';
import type { Interpolation } from '../geometry/interpolation.js';
import { rotateInto } from '../geometry/rotate.js';
import { shearXInto, shearYInto } from '../geometry/shear.js';
import { translateInto } from '../geometry/translate.js';
import { copyInto, type Picture } from '../picture.js';
import { type Box, eraseInPlace } from '../regions/box.js';
import { autocontrastInto } from '../values/autocontrast.js';
import { brightnessInto } from '../values/brightness.js';
import { colorInto } from '../values/color.js';
import { contrastInto } from '../values/contrast.js';
import { equalizeInto } from '../values/equalize.js';
import { invertInto } from '../values/invert.js';
import { posterizeInto } from '../values/posterize.js';
import { sharpnessInto } from '../values/sharpness.js';
import { solarizeAddInto, solarizeInto } from '../values/solarize.js';

/** An operation of a policy, under torchvision's name. */
export interface Operation {
  /** What the magnitude is; undefined for an operation that has none. */
  readonly unit?: string;
  /** Least and most that the operation takes. */
  readonly range: readonly [number, number];
  /** Whether the target may be the source. */
  readonly inPlace: boolean;
  readonly apply: (
    source: Picture,
    target: Picture,
    magnitude: number,
    interpolation: Interpolation,
    fill: ChannelFill,
    box?: Box,
  ) => void;
}

const ANY = 1e6;
const NONE = [0, 0] as const;
/** Torchvision's magnitude of the four is the factor less 1. */
const FACTOR = { unit: 'factor - 1', range: [-ANY, ANY] } as const;
const SLOPE = { unit: 'tangent of the angle', range: [-ANY, ANY], inPlace: false } as const;
const PIXELS = { unit: 'pixels, cut off', range: [-32_767, 32_767], inPlace: false } as const;

/** What the policies draw from. A magnitude is in the operation's own unit, never a level of some scale. */
export const OPERATIONS = {
  Identity: {
    range: NONE,
    inPlace: true,
    apply: (source, target) => {
      if (source.data !== target.data) copyInto(source, target);
    },
  },
  ShearX: { ...SLOPE, apply: shearXInto },
  ShearY: { ...SLOPE, apply: shearYInto },
  TranslateX: {
    ...PIXELS,
    apply: (source, target, pixels, _, fill) => translateInto(source, target, Math.trunc(pixels), 0, fill),
  },
  TranslateY: {
    ...PIXELS,
    apply: (source, target, pixels, _, fill) => translateInto(source, target, 0, Math.trunc(pixels), fill),
  },
  Rotate: { unit: 'degrees, counter-clockwise', range: [-ANY, ANY], inPlace: false, apply: rotateInto },
  Brightness: {
    ...FACTOR,
    inPlace: true,
    apply: (source, target, by) => brightnessInto(source, target, 1 + by),
  },
  Color: { ...FACTOR, inPlace: true, apply: (source, target, by) => colorInto(source, target, 1 + by) },
  Contrast: { ...FACTOR, inPlace: true, apply: (source, target, by) => contrastInto(source, target, 1 + by) },
  Sharpness: {
    ...FACTOR,
    inPlace: false,
    apply: (source, target, by) => sharpnessInto(source, target, 1 + by),
  },
  Posterize: {
    unit: 'bits kept, cut off',
    range: [0, 8],
    inPlace: true,
    apply: (source, target, bits) => posterizeInto(source, target, Math.trunc(bits)),
  },
  /** Torchvision's magnitude is the threshold by 255. */
  Solarize: {
    unit: 'threshold / 255',
    range: [0, 256 / 255],
    inPlace: true,
    apply: (source, target, share) => solarizeInto(source, target, 255 * share),
  },
  AutoContrast: { range: NONE, inPlace: true, apply: autocontrastInto },
  Equalize: { range: NONE, inPlace: true, apply: equalizeInto },
  Invert: { range: NONE, inPlace: true, apply: invertInto },
  /** The box, already drawn and cut at the border, is painted with the fill. */
  Cutout: {
    unit: 'half of the side, in pixels',
    range: [0, 32_767],
    inPlace: true,
    apply: (source, target, _, __, fill, box) => {
      if (source.data !== target.data) copyInto(source, target);
      if (box) eraseInPlace(target, box, fill);
    },
  },
  SolarizeAdd: { unit: 'levels', range: [-255, 255], inPlace: true, apply: solarizeAddInto },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;
export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];
