import { keyedRandom } from '../../domain/random.js';
import type { Picture } from '../../learning/augmentation/picture.js';
import { applyPlan } from '../../learning/augmentation/policies/apply.js';
import { drawPlan } from '../../learning/augmentation/policies/draw-plan.js';
import {
  OPERATIONS,
  type Operation,
  type OperationName,
} from '../../learning/augmentation/policies/operations.js';
import type { Plan } from '../../learning/augmentation/policies/plan.js';
import { boxAround } from '../../learning/augmentation/regions/box.js';
import type { Cell, Row } from '../sheet/sheet.js';
import { numberText } from './plan-text.js';

/** Number of magnitudes of an operation. */
const STEPS = 6;

/** The strongest magnitude that policies use: torchvision's RandAugment if it has the operation. */
interface Reach {
  readonly most: number;
  readonly signed?: boolean;
  /** Whole numbers only. */
  readonly whole?: boolean;
}

type Magnitudes = Reach | { readonly values: readonly number[] };

function reachOf(name: OperationName, { width, height }: Picture): Magnitudes | undefined {
  const signed = true;
  const whole = true;
  switch (name) {
    case 'ShearX':
    case 'ShearY':
      return { most: 0.3, signed };
    case 'TranslateX':
      return { most: (150 / 331) * width, signed, whole };
    case 'TranslateY':
      return { most: (150 / 331) * height, signed, whole };
    case 'Rotate':
      return { most: 30, signed };
    case 'Brightness':
    case 'Color':
    case 'Contrast':
    case 'Sharpness':
      return { most: 0.9, signed };
    case 'Zoom':
      return { most: 0.6, signed };
    case 'AddBrightness':
    case 'SolarizeAdd':
      return { most: 120, signed, whole };
    case 'Posterize':
      return { values: [6, 5, 4, 3, 2, 1] };
    case 'Solarize':
      return { values: [0.9, 0.75, 0.6, 0.4, 0.2, 0] };
    case 'Cutout':
      return { most: Math.max(1, Math.min(width, height) / 3), whole };
    case 'Perspective':
      return { most: 0.6 };
    default:
      return undefined;
  }
}

/** From the weakest to the strongest; with both signs, from the most negative to the most positive. */
export function magnitudesOf(name: OperationName, picture: Picture): number[] {
  const reach = reachOf(name, picture);
  if (!reach) return [0];
  if ('values' in reach) return [...reach.values];
  const { most, signed = false, whole = false } = reach;
  const share = (step: number) => (most * step) / (signed ? STEPS / 2 : STEPS);
  const steps = Array.from({ length: signed ? STEPS / 2 : STEPS }, (_, index) => index + 1);
  const all = (signed ? [...steps.map((step) => -step).reverse(), ...steps] : steps).map(share);
  // In a small picture, several magnitudes round to the same number of pixels.
  return whole ? [...new Set(all.map((value) => Math.round(value)))].filter((value) => value !== 0) : all;
}

function planOf(name: OperationName, magnitude: number, picture: Picture, seed: number): Plan {
  const random = keyedRandom(seed, 'augment', name);
  const plan = drawPlan({ operations: [{ name, magnitude }], fill: 128 }, picture, random);
  if (name !== 'Cutout') return plan;
  // Centred, so that the whole box is visible.
  const box = boxAround(picture.width >> 1, picture.height >> 1, magnitude, magnitude, picture);
  return { ...plan, operations: [{ name, magnitude, box }] };
}

export interface Shown {
  readonly rows: readonly Row[];
  readonly plans: readonly Plan[];
}

/** A row for each operation, after the original picture; operations without a magnitude share rows at the end. */
export function showcase(names: readonly OperationName[], picture: Picture, seed: number): Shown {
  const plans: Plan[] = [];
  const original: Cell = { picture, lines: ['original'] };
  const cellOf = (name: OperationName, magnitude: number, label: string): Cell => {
    const plan = planOf(name, magnitude, picture, seed);
    plans.push(plan);
    return { picture: applyPlan(plan, picture), lines: [label] };
  };
  const unitOf = (name: OperationName) => (OPERATIONS[name] as Operation).unit;
  const rows: Row[] = names
    .filter((name) => unitOf(name) !== undefined)
    .map((name) => ({
      title: [name, unitOf(name)!.replace(/, cut off$/, '')],
      cells: [
        original,
        ...magnitudesOf(name, picture).map((value) => cellOf(name, value, numberText(value))),
      ],
    }));
  const plain = names.filter((name) => unitOf(name) === undefined).map((name) => cellOf(name, 0, name));
  for (let first = 0; first < plain.length; first += STEPS) {
    const title = [first === 0 ? 'The rest' : '', first === 0 ? 'no magnitude' : ''] as const;
    rows.push({ title, cells: [original, ...plain.slice(first, first + STEPS)] });
  }
  return { rows, plans };
}
