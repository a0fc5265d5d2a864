import type { KeyedRandom } from '../../../domain/random.js';
import type { Size } from '../picture.js';
import { planCutout } from '../regions/cutout.js';
import type { OperationName } from './operations.js';
import type { PlannedOperation } from './plan.js';

/** The level of full strength; the code allows higher ones. */
const FULL = 10;

/** Drawn uniformly, with replacement. */
export const NOISY_STUDENT_NAMES: readonly OperationName[] = [
  'AutoContrast',
  'Equalize',
  'Invert',
  'Rotate',
  'Posterize',
  'Solarize',
  'Color',
  'Contrast',
  'Brightness',
  'Sharpness',
  'ShearX',
  'ShearY',
  'TranslateX',
  'TranslateY',
  'Cutout',
  'SolarizeAdd',
];

/** The picture side that the code's lengths are meant for. */
const IMAGENET_SIDE = 224;

/**
 * The code's two sets of pixel lengths: relative ones for pictures of 32 pixels, and fixed ones for ImageNet. Smaller
 * pictures than those of ImageNet get proportional lengths, so that they are not moved out of view.
 */
function lengths({ width, height }: Size): { cutout: number; translate: number } {
  const side = Math.min(width, height);
  if (side < 64) return { cutout: side >> 3, translate: side >> 3 };
  const share = Math.min(1, side / IMAGENET_SIDE);
  return { cutout: 40 * share, translate: 100 * share };
}

/** The factor 0.1 + 1.8 level / 10, less 1. */
function enhancement(strength: number): number {
  return strength * 1.8 + 0.1 - 1;
}

/** An operation's magnitude at a level, without sign, in its own unit (Noisy Student code, randaugment.py). */
export function noisyStudentMagnitude(name: OperationName, level: number, size: Size): number {
  const strength = level / FULL;
  switch (name) {
    case 'Rotate':
      return strength * 30;
    case 'ShearX':
    case 'ShearY':
      return strength * 0.3;
    case 'TranslateX':
    case 'TranslateY':
      return strength * lengths(size).translate;
    case 'Color':
    case 'Contrast':
    case 'Brightness':
    case 'Sharpness':
      return enhancement(strength);
    case 'Posterize':
      // Bits to keep. Outside 1 … 8 the code's bit shift is undefined behaviour.
      return Math.min(8, Math.max(1, Math.trunc(strength * 4)));
    case 'Solarize':
      // The code's threshold is int(strength * 256); above 255 nothing is inverted.
      return Math.min(256, Math.trunc(strength * 256)) / 255;
    case 'SolarizeAdd':
      return Math.min(255, Math.trunc(strength * 110));
    case 'Cutout':
      return Math.trunc(strength * lengths(size).cutout);
    default:
      return 0;
  }
}

const SIGNED: readonly OperationName[] = ['Rotate', 'ShearX', 'ShearY', 'TranslateX', 'TranslateY'];

/** Draws one operation at a level. */
export function noisyStudentOperation(level: number, size: Size, random: KeyedRandom): PlannedOperation {
  const name = NOISY_STUDENT_NAMES[random.integer(NOISY_STUDENT_NAMES.length)]!;
  const magnitude = noisyStudentMagnitude(name, level, size);
  if (name === 'Cutout') return { name, magnitude, box: planCutout(size, magnitude, random) };
  return { name, magnitude: SIGNED.includes(name) && random.uniform() < 0.5 ? -magnitude : magnitude };
}
