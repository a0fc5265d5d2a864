import { ConfigurationError } from '../../../domain/errors.js';
import type { Picture } from '../../../learning/augmentation/picture.js';
import type { Plan } from '../../../learning/augmentation/policies/plan.js';
import type { ExampleKey } from '../../../learning/augmentation/policies/plan-of-example.js';
import { MAX_SHEET_PIXELS } from '../../sheet/draw-sheet.js';
import type { Row } from '../../sheet/sheet.js';
import type { Size } from '../open-picture.js';

/** What is drawn of one picture. */
export interface Drawing {
  readonly picture: Picture;
  readonly title: string;
  readonly remark?: string;
  readonly plans: readonly Plan[];
  /** The pictures are made only when they are asked for. */
  readonly rows: () => Promise<readonly Row[]>;
  /** What else belongs to the plans when they are stored. */
  readonly facts?: object;
}

/** Options that bear on what is drawn. */
export interface DrawingOptions {
  readonly policy?: string;
  readonly operations?: readonly string[] | true;
  readonly plan?: string;
  readonly config?: string;
  readonly role?: 'teacher' | 'student';
  readonly generation?: number;
  /** Which example of which stream the picture is, and the first epoch that is drawn. */
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
/** Options that only a configuration gives a meaning. */
export const OF_CONFIG = ['role', 'generation', 'example', 'stream', 'epoch'] as const;

/** @throws ConfigurationError for an option that has no meaning here */
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

/** @throws ConfigurationError when so many pictures are more than a sheet, or memory, has room for */
export function expectRoom(pictures: number, { width, height }: Size): void {
  if (pictures * width * height <= MAX_SHEET_PIXELS) return;
  throw new ConfigurationError(
    `--size: received ${width}x${height} for ${pictures} pictures, expected at most ${MAX_SHEET_PIXELS / 1e6} megapixels in all: give a smaller --size or fewer --samples or --operations`,
  );
}
