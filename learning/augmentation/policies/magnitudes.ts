import { roundHalfEven } from '../round-half-even.js';
import type { OperationName } from './operations.js';

/** Evenly spaced 32-bit floats, as `torch.linspace` computes them: from either end to the middle. */
function linspace(start: number, end: number, count: number): Float32Array {
  const values = new Float32Array(count);
  if (count === 1) {
    values[0] = start;
    return values;
  }
  const from = Math.fround(start);
  const to = Math.fround(end);
  const step = Math.fround(Math.fround(to - from) / (count - 1));
  const half = count >> 1;
  for (let index = 0; index < count; index++) {
    // The product is not rounded: torch uses a fused multiply-add.
    values[index] = index < half ? from + step * index : to - step * (count - 1 - index);
  }
  return values;
}

/** From 8 bits down to 8 - `fewer`, evenly spaced. */
function bitsKept(fewer: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) =>
    roundHalfEven(Math.fround(8 - Math.fround(index / ((count - 1) / fewer)))),
  );
}

/** An operation's magnitude at each bin, if it has one, and whether the sign is random. */
export interface MagnitudeRow {
  readonly name: OperationName;
  readonly values?: Float32Array;
  readonly signed: boolean;
}

type Entry = readonly [name: OperationName, values: Float32Array | undefined, signed: boolean];

function rows(entries: readonly Entry[]): MagnitudeRow[] {
  return entries.map(([name, values, signed]) => ({ name, signed, ...(values && { values }) }));
}

interface Space {
  readonly shear: number;
  readonly translateX: number;
  readonly translateY: number;
  readonly rotate: number;
  readonly enhance: number;
  readonly fewerBits: number;
}

/** The 14 operations of torchvision's RandAugment and TrivialAugmentWide, in its order. */
function fourteen(count: number, space: Space): MagnitudeRow[] {
  const shear = linspace(0, space.shear, count);
  const enhance = linspace(0, space.enhance, count);
  return rows([
    ['Identity', undefined, false],
    ['ShearX', shear, true],
    ['ShearY', shear, true],
    ['TranslateX', linspace(0, space.translateX, count), true],
    ['TranslateY', linspace(0, space.translateY, count), true],
    ['Rotate', linspace(0, space.rotate, count), true],
    ['Brightness', enhance, true],
    ['Color', enhance, true],
    ['Contrast', enhance, true],
    ['Sharpness', enhance, true],
    ['Posterize', bitsKept(space.fewerBits, count), false],
    ['Solarize', linspace(1, 0, count), false],
    ['AutoContrast', undefined, false],
    ['Equalize', undefined, false],
  ]);
}

/** RandAugment's magnitudes for pictures of a size (torchvision `RandAugment._AUGMENTATION_SPACE`). */
export function randAugmentSpace(bins: number, width: number, height: number): MagnitudeRow[] {
  return fourteen(bins, {
    shear: 0.3,
    translateX: (150 / 331) * width,
    translateY: (150 / 331) * height,
    rotate: 30,
    enhance: 0.9,
    fewerBits: 4,
  });
}

/** TrivialAugmentWide's magnitudes (torchvision). Translation is in pixels, independent of the size. */
export function trivialAugmentSpace(bins: number): MagnitudeRow[] {
  return fourteen(bins, {
    shear: 0.99,
    translateX: 32,
    translateY: 32,
    rotate: 135,
    enhance: 0.99,
    fewerBits: 6,
  });
}

/** AutoAugment's magnitudes, ten bins (torchvision). */
export function autoAugmentSpace(width: number, height: number): MagnitudeRow[] {
  const rest = randAugmentSpace(10, width, height).filter(({ name }) => name !== 'Identity');
  return [...rest, { name: 'Invert', signed: false }];
}
