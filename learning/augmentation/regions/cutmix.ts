import type { KeyedRandom } from '../../../domain/random.js';
import { expectInteger, expectNumber, refuse } from '../checks.js';
import { drawMixture } from '../mixup.js';
import { expectPicture, likePicture, type Picture, type Size } from '../picture.js';
import { areaOf, type Box, boxAround, expectBox } from './box.js';

/** CutMix of one picture as plain data, which can be printed, stored and repeated. */
export interface CutMixPlan {
  /** Part that the partner's pixels replace. */
  readonly box: Box;
  /** Weight of the picture's own label: its share of the area after clipping the box. The partner's is 1 - share. */
  readonly share: number;
}

/**
 * Returns the box around a centre that leaves a picture about `share` of its area, clipped at the border, and the share
 * that is left after clipping.
 * @param share the picture's own part, 0 to 1
 * @param x pixel of the centre, as y
 */
export function cutMixBox(size: Size, share: number, x: number, y: number): CutMixPlan {
  expectNumber('share', share, 0, 1);
  expectInteger('x', x, 0, size.width - 1);
  expectInteger('y', y, 0, size.height - 1);
  const half = 0.5 * Math.sqrt(1 - share);
  const box = boxAround(x, y, Math.trunc(half * size.width), Math.trunc(half * size.height), size);
  return { box, share: 1 - areaOf(box) / (size.width * size.height) };
}

/**
 * Draws a box (Yun et al. 2019): the share from Beta(alpha, alpha), the centre from all pixels.
 * @param alpha above 0; 1 in the paper
 */
export function planCutMix(size: Size, alpha: number, random: KeyedRandom): CutMixPlan {
  const share = drawMixture(random, alpha);
  const x = random.integer(size.width);
  return cutMixBox(size, share, x, random.integer(size.height));
}

/** Copies the partner's box into a picture, in place. Both have the same shape. */
export function cutMixInPlace(target: Picture, partner: Picture, { left, top, right, bottom }: Box): void {
  const { width, channels } = target;
  for (let y = top; y < bottom; y++) {
    const from = (y * width + left) * channels;
    target.data.set(partner.data.subarray(from, from + (right - left) * channels), from);
  }
}

/** Replaces the box in the picture by the partner's pixels. */
export function cutMix(source: Picture, partner: Picture, box: Box): Picture {
  expectPicture('picture', source);
  expectPicture('partner', partner);
  const { width, height, channels } = partner;
  if (width !== source.width || height !== source.height || channels !== source.channels) {
    const shape = `${source.width} x ${source.height} x ${source.channels}`;
    refuse('partner', `${width} x ${height} x ${channels}`, `the picture's shape, ${shape}`);
  }
  expectBox('box', box, source);
  const target = likePicture(source);
  target.data.set(source.data);
  cutMixInPlace(target, partner, box);
  return target;
}

/** share * own + (1 - share) * partner */
export function mixLabels(own: Float32Array, partner: Float32Array, share: number): Float32Array {
  expectNumber('share', share, 0, 1);
  if (own.length !== partner.length) refuse('partner', partner.length, `${own.length} classes`);
  return own.map((weight, label) => share * weight + (1 - share) * partner[label]!);
}
