import { ConfigurationError } from '../../../domain/errors.js';
import type { Picture, Size } from '../../../learning/augmentation/picture.js';
import type { Plan } from '../../../learning/augmentation/policies/plan.js';
import type { ExampleKey } from '../../../learning/augmentation/policies/plan-of-example.js';
import { MAX_SHEET_PIXELS } from '../../sheet/draw-sheet.js';
import type { Row } from '../../sheet/sheet.js';

/** A sheet of augmented versions of one picture. */
export interface Drawing {
  readonly picture: Picture;
  readonly title: string;
  readonly remark?: string;
  readonly plans: readonly Plan[];
  /** Augments the pictures; not called if only the plans are printed. */
  readonly rows: () => Promise<readonly Row[]>;
  /** Stored with the plans. */
  readonly facts?: object;
}

export interface DrawingOptions {
  readonly policy?: string;
  readonly operations?: readonly string[] | true;
  readonly plan?: string;
  readonly config?: string;
  readonly role?: 'teacher' | 'student';
  readonly generation?: number;
  /** The position of the picture in its stream, and the first epoch to draw. */
  readonly example?: number;
  readonly stream?: ExampleKey['stream'];
  readonly epoch?: number;
  readonly numOps?: number;
  readonly magnitude?: number;
  readonly samples?: number;
  readonly seed?: number;
  readonly size?: Size;
}

export const SAMPLES = 24;
/** Options that need a configuration. */
export const OF_CONFIG = ['role', 'generation', 'example', 'stream', 'epoch'] as const;

/** @throws ConfigurationError if one of the options is given */
export function refuseOptions(
  options: DrawingOptions,
  names: ReadonlyArray<keyof DrawingOptions>,
  needed: string,
): void {
  const name = names.find((candidate) => options[candidate] !== undefined);
  if (name === undefined) return;
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new ConfigurationError(`${flag}: received ${options[name]}, expected it with ${needed} only`);
}

/** @throws ConfigurationError if a sheet can't hold so many pictures */
export function expectRoom(pictures: number, { width, height }: Size): void {
  if (pictures * width * height <= MAX_SHEET_PIXELS) return;
  throw new ConfigurationError(
    `--size: received ${width}x${height} for ${pictures} pictures, expected at most ${MAX_SHEET_PIXELS / 1e6} megapixels in all: give a smaller --size or fewer --samples or --operations`,
  );
}
