import type { AugmentationConfig } from '../../../domain/config/augmentation.js';
import type { ViewConfig } from '../../../domain/config/consistency.js';
import { imageBytes } from '../../../domain/image-bytes.js';
import { keyedRandom } from '../../../domain/random.js';
import { mixBatch } from '../../augmentation/mixup.js';
import type { Picture } from '../../augmentation/picture.js';
import { applyPlanInto, Workspace } from '../../augmentation/policies/apply.js';
import type { Augmentation } from '../../augmentation/policies/draw-plan.js';
import { augmentationOf } from '../../augmentation/policies/from-config.js';
import { planOfExample } from '../../augmentation/policies/plan-of-example.js';
import { cutMixBatch, planCutMixBatch } from '../../augmentation/regions/cutmix-batch.js';
import { type BatchShape, KEY_WORDS, type Slot, STREAMS, type StreamName } from './slot.js';

/** What determines the noise of a batch besides its examples. */
export interface Noise {
  readonly shape: BatchShape;
  /** Augmentation of the rows with targets, which come first. */
  readonly augmentation: AugmentationConfig;
  /** Number of rows with targets: only these are mixed. */
  readonly mixed: number;
  readonly views?: { readonly weak: ViewConfig; readonly strong?: ViewConfig };
  readonly seed: number;
  readonly generation: number;
}

/** Augments and mixes the batches of a training. It needs no TensorFlow and runs in any thread. */
export class SlotAugmenter {
  private readonly workspace = new Workspace();
  private readonly augmentations: Record<StreamName, Augmentation>;

  constructor(private readonly noise: Noise) {
    const { augmentation, views, shape } = noise;
    const augmentationFor = (config: ViewConfig = augmentation) => augmentationOf(config, shape.image);
    this.augmentations = {
      labelled: augmentationFor(),
      unlabelled: augmentationFor(),
      weak: augmentationFor(views?.weak),
      strong: augmentationFor(views?.strong),
    };
  }

  augment(slot: Slot, step: number): void {
    for (let row = 0; row < this.noise.shape.size; row++) this.augmentRow(slot, row);
    this.mix(slot, step);
  }

  private augmentRow({ images, pixels, keys }: Slot, row: number): void {
    const { seed, generation, shape } = this.noise;
    const stream = STREAMS[keys[row * KEY_WORDS]!]!;
    const epoch = keys[row * KEY_WORDS + 1]!;
    const example = keys[row * KEY_WORDS + 2]!;
    const key = { seed, generation, stream, epoch, example };
    const plan = planOfExample(this.augmentations[stream], shape.image, key);
    applyPlanInto(plan, this.picture(images, row), this.picture(pixels, row), this.workspace);
  }

  private picture(batch: Uint8Array, row: number): Picture {
    const { width, height, channels } = this.noise.shape.image;
    const bytes = imageBytes(this.noise.shape.image);
    const data = batch.subarray(row * bytes, (row + 1) * bytes);
    return { width, height, channels, data };
  }

  /** With both MixUp and CutMix, each step does one of the two. */
  private mix(slot: Slot, step: number): void {
    const { seed, generation, shape, augmentation, mixed: size } = this.noise;
    const { mixup, cutmix } = augmentation;
    if (mixup === 0 && cutmix === 0) return;
    const random = keyedRandom(seed, 'mix', generation, step);
    const { width, height, channels } = shape.image;
    const pixels = slot.pixels.subarray(0, size * imageBytes(shape.image));
    const targets = slot.targets.subarray(0, size * shape.classes);
    const alike = [slot.responses.subarray(0, size * (shape.responses ?? 0))];
    if (cutmix === 0 || (mixup > 0 && random.uniform() < 0.5)) {
      mixBatch({ size, pixels, targets, alike }, mixup, random);
      return;
    }
    const batch = { size, width, height, channels, pixels, targets, alike };
    cutMixBatch(batch, planCutMixBatch(batch, cutmix, random));
  }
}
