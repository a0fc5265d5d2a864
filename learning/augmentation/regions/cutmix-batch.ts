import type { KeyedRandom } from '../../../domain/random.js';
import { expectInteger, expectNumber, refuse } from '../checks.js';
import { mixRows } from '../mixup.js';
import type { Channels, Picture } from '../picture.js';
import { expectBox } from './box.js';
import { type CutMixPlan, cutMixInPlace, planCutMix } from './cutmix.js';

/** A batch of packed pictures with their labels. */
export interface LabelledBatch {
  readonly size: number;
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
  /** [size, height, width, channels] */
  readonly pixels: Uint8Array;
  /** [size, classes] probabilities */
  readonly targets: Float32Array;
  /** Further arrays to mix like the targets, each [size, any width]. */
  readonly alike?: readonly Float32Array[];
}

/** One box for the batch, and each picture's partner, as the paper's code has it. */
export interface BatchCutMixPlan extends CutMixPlan {
  readonly partners: readonly number[];
}

export function planCutMixBatch(batch: LabelledBatch, alpha: number, random: KeyedRandom): BatchCutMixPlan {
  return { ...planCutMix(batch, alpha, random), partners: [...random.permutation(batch.size)] };
}

function expectBatch({ size, width, height, channels, pixels, targets }: LabelledBatch): void {
  const length = size * width * height * channels;
  if (pixels.length !== length) refuse('batch.pixels', pixels.length, `${length} bytes`);
  if (targets.length % size !== 0) refuse('batch.targets', targets.length, `a multiple of ${size}`);
}

/** Replaces the box in each picture by its partner's and mixes the labels by area, in place. */
export function cutMixBatch(batch: LabelledBatch, { box, share, partners }: BatchCutMixPlan): void {
  expectBatch(batch);
  const { size, width, height, channels, pixels, targets, alike = [] } = batch;
  expectBox('plan.box', box, batch);
  expectNumber('plan.share', share, 0, 1);
  if (partners.length !== size) refuse('plan.partners', partners.length, `${size} positions`);
  for (const partner of partners) expectInteger('plan.partners', partner, 0, size - 1);
  const before = pixels.slice();
  const length = width * height * channels;
  const pictureOf = (all: Uint8Array, row: number): Picture => {
    return { width, height, channels, data: all.subarray(row * length, (row + 1) * length) };
  };
  partners.forEach((partner, row) => {
    cutMixInPlace(pictureOf(pixels, row), pictureOf(before, partner), box);
  });
  for (const rows of [targets, ...alike]) mixRows(rows, partners, share);
}
