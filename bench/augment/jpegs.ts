import { readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { keyedRandom } from '../../domain/random.js';
import { resizedWindow } from '../../learning/augmentation/geometry/resize.js';
import type { Picture } from '../../learning/augmentation/picture.js';
import { applyPlanInto, Workspace } from '../../learning/augmentation/policies/apply.js';
import { type Augmentation, drawPlan } from '../../learning/augmentation/policies/draw-plan.js';
import { rateOf } from './rate.js';

const SIDE = 224;
const SHORTER = 256;
const AUGMENTATION: Augmentation = {
  crop: { size: { width: SIDE, height: SIDE }, padding: 0 },
  flip: 0.5,
  policy: { kind: 'rand-augment' },
};

/** As torchvision's Resize, which takes the shorter side. */
function resizedSize({ width, height }: { readonly width: number; readonly height: number }) {
  const shorter = Math.min(width, height);
  const side = (length: number) => Math.trunc((SHORTER * length) / shorter);
  return { width: side(width), height: side(height) };
}

/** The settings of learning/datasets/decode. */
function open(file: string): Sharp {
  return sharp(readFileSync(file), { failOn: 'warning', pages: 1 })
    .autoOrient()
    .flatten({ background: { r: 0, g: 0, b: 0 } });
}

async function pixelsOf(image: Sharp): Promise<Picture> {
  const { data, info } = await image
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

/** Makes the 224x224 pixels of a file with the augmentation of a key. */
type Pipeline = (file: string, key: readonly [epoch: number, example: number]) => Promise<void> | void;

const workspace = new Workspace();
const target: Picture = { width: SIDE, height: SIDE, channels: 3, data: new Uint8Array(SIDE * SIDE * 3) };

/** Crops, flips and augments a resized image. */
function augment(resized: Picture, key: readonly [number, number]): void {
  applyPlanInto(
    drawPlan(AUGMENTATION, resized, keyedRandom(1, 'augment', 0, ...key)),
    resized,
    target,
    workspace,
  );
}

/** The same from the full image, resizing only the crop window. */
function resizeAndAugment(decoded: Picture, key: readonly [number, number]): void {
  const size = resizedSize(decoded);
  const { crop, ...rest } = drawPlan(AUGMENTATION, size, keyedRandom(1, 'augment', 0, ...key));
  applyPlanInto(rest, resizedWindow(decoded, size, crop!), target, workspace);
}

async function pipelines(): Promise<Record<string, Pipeline>> {
  const { decodeJpeg } = await import('../../engine/decode-jpeg.js');
  const resizedBy = (kernel: 'lanczos3' | 'linear') => (file: string) =>
    pixelsOf(open(file).resize(SHORTER, SHORTER, { fit: 'outside', kernel }));
  return {
    'sharp decodes and resizes (Lanczos)': async (file, key) =>
      augment(await resizedBy('lanczos3')(file), key),
    'sharp decodes and resizes (linear)': async (file, key) => augment(await resizedBy('linear')(file), key),
    'sharp decodes, we resize': async (file, key) => resizeAndAugment(await pixelsOf(open(file)), key),
    'engine decodes, we resize': (file, key) => resizeAndAugment(decodeJpeg(readFileSync(file), 3), key),
  };
}

/** Files per second on one core, by pipeline. */
export async function jpegRates(files: readonly string[], seconds: number): Promise<Record<string, number>> {
  sharp.concurrency(1);
  sharp.cache(false);
  const rates: Record<string, number> = {};
  for (const [name, run] of Object.entries(await pipelines())) {
    rates[name] = await rateOf(files.length, seconds, async (epoch) => {
      for (const [example, file] of files.entries()) await run(file, [epoch, example]);
    });
  }
  return rates;
}
