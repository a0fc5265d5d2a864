import { availableParallelism } from 'node:os';
import type { TrainingSpec } from '../../../domain/config/training.js';
import { expectDrawable } from '../../augmentation/policies/draw-plan.js';
import { policyOf } from '../../augmentation/policies/from-config.js';
import type { SplitImages } from '../../datasets/image-set.js';
import type { PseudoLabels } from '../../pseudo-labels/pseudo-labels.js';
import { BatchesAhead } from './ahead.js';
import { type Noise, SlotAugmenter } from './augment-slot.js';
import { type Batch, type BatchSource, rowsOf } from './batch.js';
import { SlotFiller } from './fill-slot.js';
import { newSlot, type Slot } from './slot.js';

export interface BatchNeeds {
  readonly images: Pick<SplitImages, 'labelled' | 'unlabelled'>;
  readonly classes: number;
  readonly training: TrainingSpec;
  readonly pseudoLabels?: PseudoLabels;
  readonly seed: number;
  readonly generation: number;
  /** Threads that augment ahead of the steps; 0 augments in the calling one. One for four cores unless given. */
  readonly augmentationThreads?: number;
}

function defaultThreads(): number {
  return Math.max(1, availableParallelism() >> 2);
}

/** Augmented in the calling thread, when asked for. */
function inCallingThread(filler: SlotFiller, noise: Noise) {
  const augmenter = new SlotAugmenter(noise);
  const slot = newSlot(noise.shape);
  return {
    async take(step: number): Promise<Slot> {
      filler.fill(slot, step);
      augmenter.augment(slot, step);
      return slot;
    },
    async dispose() {},
  };
}

/**
 * Batches of a training. A teacher's, or a student's without pseudo-labels, hold labelled images only. The same
 * batches come from any number of threads.
 */
export function batchSource(needs: BatchNeeds): BatchSource {
  const { training, images, classes, pseudoLabels, seed, generation } = needs;
  const { batchSize, unlabelledRatio, augmentation, labelSmoothing, steps } = training;
  const { shape: image } = images.labelled;
  expectDrawable(policyOf(augmentation, image), image);
  const groups = {
    labelled: batchSize,
    unlabelled: pseudoLabels ? Math.round(batchSize * unlabelledRatio) : 0,
  };
  const filler = new SlotFiller({ ...needs, labelSmoothing, groups });
  const noise = { shape: { size: rowsOf(groups), classes, image }, augmentation, seed, generation };
  const threads = needs.augmentationThreads ?? defaultThreads();
  const slots =
    threads === 0 ? inCallingThread(filler, noise) : new BatchesAhead(filler, noise, threads, steps);
  let waited = 0;
  return {
    groups,
    async take(step: number): Promise<Batch> {
      const asked = performance.now();
      const { pixels, targets } = await slots.take(step);
      waited += performance.now() - asked;
      // TensorFlow may keep a tensor's values by reference: those of a slot are written again.
      return { groups, pixels, targets: targets.slice() };
    },
    get waitedSeconds() {
      return waited / 1000;
    },
    dispose: () => slots.dispose(),
  };
}
