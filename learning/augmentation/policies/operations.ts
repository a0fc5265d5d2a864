import { MAGNITUDES, type MagnitudeScale, type OperationName } from '../../../domain/config/operations.js';
import type { ChannelFill } from '../fill.js';
import { flipVerticalInto } from '../geometry/flip.js';
import type { Interpolation } from '../geometry/interpolation.js';
import { perspectiveInto } from '../geometry/perspective.js';
import { rotateInto } from '../geometry/rotate.js';
import { shearXInto, shearYInto } from '../geometry/shear.js';
import { translateInto } from '../geometry/translate.js';
import { zoomInto } from '../geometry/zoom.js';
import { copyInto, type Picture } from '../picture.js';
import { eraseInPlace } from '../regions/box.js';
import { autocontrastInto } from '../values/autocontrast.js';
import { addBrightnessInto, brightnessInto } from '../values/brightness.js';
import { colorInto } from '../values/color.js';
import { contrastInto } from '../values/contrast.js';
import { equalizeInto } from '../values/equalize.js';
import { invertInto } from '../values/invert.js';
import { posterizeInto } from '../values/posterize.js';
import { sharpnessInto } from '../values/sharpness.js';
import { solarizeAddInto, solarizeInto } from '../values/solarize.js';
import type { PlannedOperation } from './plan.js';

/** An operation of a policy. */
export interface Operation extends MagnitudeScale {
  /** True if the target may be the source. */
  readonly inPlace: boolean;
  readonly apply: (
    source: Picture,
    target: Picture,
    magnitude: number,
    interpolation: Interpolation,
    fill: ChannelFill,
    planned: Pick<PlannedOperation, 'box' | 'corners'>,
  ) => void;
}

/** Implementations of all operations, by torchvision's names. */
export const OPERATIONS = {
  Identity: {
    ...MAGNITUDES.Identity,
    inPlace: true,
    apply: (source, target) => {
      if (source.data !== target.data) copyInto(source, target);
    },
  },
  ShearX: { ...MAGNITUDES.ShearX, inPlace: false, apply: shearXInto },
  ShearY: { ...MAGNITUDES.ShearY, inPlace: false, apply: shearYInto },
  TranslateX: {
    ...MAGNITUDES.TranslateX,
    inPlace: false,
    apply: (source, target, pixels, _, fill) => translateInto(source, target, Math.trunc(pixels), 0, fill),
  },
  TranslateY: {
    ...MAGNITUDES.TranslateY,
    inPlace: false,
    apply: (source, target, pixels, _, fill) => translateInto(source, target, 0, Math.trunc(pixels), fill),
  },
  Rotate: { ...MAGNITUDES.Rotate, inPlace: false, apply: rotateInto },
  Brightness: {
    ...MAGNITUDES.Brightness,
    inPlace: true,
    apply: (source, target, by) => brightnessInto(source, target, 1 + by),
  },
  Color: {
    ...MAGNITUDES.Color,
    inPlace: true,
    apply: (source, target, by) => colorInto(source, target, 1 + by),
  },
  Contrast: {
    ...MAGNITUDES.Contrast,
    inPlace: true,
    apply: (source, target, by) => contrastInto(source, target, 1 + by),
  },
  Sharpness: {
    ...MAGNITUDES.Sharpness,
    inPlace: false,
    apply: (source, target, by) => sharpnessInto(source, target, 1 + by),
  },
  Posterize: {
    ...MAGNITUDES.Posterize,
    inPlace: true,
    apply: (source, target, bits) => posterizeInto(source, target, Math.trunc(bits)),
  },
  Solarize: {
    ...MAGNITUDES.Solarize,
    inPlace: true,
    apply: (source, target, share) => solarizeInto(source, target, 255 * share),
  },
  AutoContrast: { ...MAGNITUDES.AutoContrast, inPlace: true, apply: autocontrastInto },
  Equalize: { ...MAGNITUDES.Equalize, inPlace: true, apply: equalizeInto },
  Invert: { ...MAGNITUDES.Invert, inPlace: true, apply: invertInto },
  /** Paints the planned box, which is clipped already, with the fill. */
  Cutout: {
    ...MAGNITUDES.Cutout,
    inPlace: true,
    apply: (source, target, _, __, fill, { box }) => {
      if (source.data !== target.data) copyInto(source, target);
      if (box) eraseInPlace(target, box, fill);
    },
  },
  SolarizeAdd: {
    ...MAGNITUDES.SolarizeAdd,
    inPlace: true,
    apply: (source, target, levels) => solarizeAddInto(source, target, Math.trunc(levels)),
  },
  AddBrightness: {
    ...MAGNITUDES.AddBrightness,
    inPlace: true,
    apply: (source, target, levels) => addBrightnessInto(source, target, Math.trunc(levels)),
  },
  FlipVertical: { ...MAGNITUDES.FlipVertical, inPlace: false, apply: flipVerticalInto },
  Zoom: {
    ...MAGNITUDES.Zoom,
    inPlace: false,
    apply: (source, target, by, interpolation, fill) => zoomInto(source, target, 1 + by, interpolation, fill),
  },
  Perspective: {
    ...MAGNITUDES.Perspective,
    inPlace: false,
    apply: (source, target, _, interpolation, fill, { corners }) => {
      if (corners) perspectiveInto(source, target, corners, interpolation, fill);
      else copyInto(source, target);
    },
  },
} as const satisfies Record<OperationName, Operation>;

export { OPERATION_NAMES, type OperationName } from '../../../domain/config/operations.js';
