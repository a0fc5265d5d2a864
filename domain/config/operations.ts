/** Unit and range of an operation's magnitude. */
export interface MagnitudeScale {
  /** Undefined for an operation that has no magnitude. */
  readonly unit?: string;
  /** Smallest and largest valid magnitude. */
  readonly range: readonly [number, number];
}

const ANY = 1e6;
const NONE: MagnitudeScale = { range: [0, 0] };
/** Torchvision's magnitude is the factor - 1. */
const FACTOR: MagnitudeScale = { unit: 'factor - 1', range: [-ANY, ANY] };
const SLOPE: MagnitudeScale = { unit: 'tangent of the angle', range: [-ANY, ANY] };
const PIXELS: MagnitudeScale = { unit: 'pixels, truncated', range: [-32_767, 32_767] };

/**
 * The operations that policies draw and configurations name. Names and magnitudes are torchvision's if it has the
 * operation. A magnitude is in the operation's unit, not a level of a scale.
 */
export const MAGNITUDES = {
  Identity: NONE,
  ShearX: SLOPE,
  ShearY: SLOPE,
  TranslateX: PIXELS,
  TranslateY: PIXELS,
  Rotate: { unit: 'degrees, counter-clockwise', range: [-ANY, ANY] },
  Brightness: FACTOR,
  Color: FACTOR,
  Contrast: FACTOR,
  Sharpness: FACTOR,
  Posterize: { unit: 'bits kept, truncated', range: [0, 8] },
  /** Torchvision's magnitude is threshold / 255. */
  Solarize: { unit: 'threshold / 255', range: [0, 256 / 255] },
  AutoContrast: NONE,
  Equalize: NONE,
  Invert: NONE,
  SolarizeAdd: { unit: 'levels, truncated', range: [-255, 255] },
  /** Adds levels instead of multiplying them. */
  AddBrightness: { unit: 'levels, truncated', range: [-255, 255] },
  FlipVertical: NONE,
  Zoom: { unit: 'factor - 1', range: [-0.99, 99] },
  /** Each corner moves inwards by a random distance. */
  Perspective: { unit: 'share of half the side', range: [0, 1] },
  Cutout: { unit: 'half of the side, in pixels, truncated', range: [0, 32_767] },
} as const satisfies Record<string, MagnitudeScale>;

export type OperationName = keyof typeof MAGNITUDES;
export const OPERATION_NAMES = Object.keys(MAGNITUDES) as [OperationName, ...OperationName[]];
