import { availableParallelism } from 'node:os';
import type { TrainingSpec } from '../../../domain/config/training.js';
import type { StoredModel } from '../../../domain/stored-model.js';
import type { SplitImages } from '../../datasets/image-set.js';
import type { PseudoLabels } from '../../pseudo-labels/pseudo-labels.js';
import { type Noise, SlotAugmenter } from './augment-slot.js';
import { type Batch, type BatchSource, type RowGroups, rowsInStep } from './batch.js';
import { expectResponses, type Responses } from './examples.js';
import { expectPictures } from './expect-augmentable.js';
import { expectUnlabelled } from './expect-unlabelled.js';
import { SlotFiller } from './fill-slot.js';
import { PrefetchedBatches } from './prefetched-batches.js';
import { newSlot, type Slot } from './slot.js';

export interface BatchNeeds {
  readonly images: Pick<SplitImages, 'labelled' | 'unlabelled'>;
  readonly classes: number;
  readonly training: TrainingSpec;
  readonly pseudoLabels?: PseudoLabels;
  /** Unlabelled images with responses are part of each step; without a pseudo-label they have no target. */
  readonly responses?: Responses;
  /** Models that predict in the step itself: unlabelled images are part of each step. */
  readonly teachers?: readonly StoredModel[];
  readonly seed: number;
  readonly generation: number;
  /** Number of threads that prefetch augmented batches; 0 augments in the calling thread. One per four cores by default. */
  readonly augmentationThreads?: number;
}

function defaultThreads(): number {
  return Math.max(1, availableParallelism() >> 2);
}

/** Augments each batch in the calling thread, when it is taken. */
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

/** Returns the number of rows of each kind in a step. */
function groupsOf({ images, training, pseudoLabels, responses, teachers }: BatchNeeds): RowGroups {
  const { batchSize, unlabelledRatio, consistency } = training;
  const rows = (ratio: number) => Math.round(batchSize * ratio);
  const hasTeachers = teachers !== undefined && images.unlabelled.count > 0;
  return {
    // Without labelled images, the training learns from other models' responses alone.
    labelled: images.labelled.count === 0 ? 0 : batchSize,
    unlabelled: pseudoLabels || responses?.unlabelled || hasTeachers ? rows(unlabelledRatio) : 0,
    ...(consistency && { weak: rows(consistency.ratio) }),
    ...(consistency?.kind === 'fixmatch' && { strong: rows(consistency.ratio) }),
  };
}

function noiseOf(needs: BatchNeeds, groups: RowGroups): Noise {
  const { images, classes, training, responses, seed, generation } = needs;
  const { augmentation, consistency } = training;
  const shape = {
    size: rowsInStep(groups),
    classes,
    image: images.labelled.shape,
    ...(responses && { responses: responses.width }),
    places: consistency?.threshold.rule === 'flexmatch',
  };
  return {
    shape,
    augmentation,
    seed,
    generation,
    mixed: groups.labelled + groups.unlabelled,
    ...(consistency && { views: consistency }),
  };
}

/**
 * Opens the batches of a training: labelled images, unlabelled ones with pseudo-labels or responses, and views of
 * unlabelled ones with consistency. The batches do not depend on the number of threads.
 *
 * `more` of a batch has `responses` [rows, width] if there are any, and with FlexMatch `places` [rows]: the position of
 * each weakly augmented image (once per image), and the number of unlabelled images for all other rows.
 * @throws ConfigurationError, DataError when the training does not fit the images
 */
export function batchSource(needs: BatchNeeds): BatchSource {
  const { training, images, responses } = needs;
  expectPictures(training, images.labelled.shape);
  expectUnlabelled(training, images.unlabelled.count);
  if (responses) expectResponses(responses, images);
  const groups = groupsOf(needs);
  const filler = new SlotFiller({ ...needs, labelSmoothing: training.labelSmoothing, groups });
  const noise = noiseOf(needs, groups);
  const threads = needs.augmentationThreads ?? defaultThreads();
  const slots =
    threads === 0
      ? inCallingThread(filler, noise)
      : new PrefetchedBatches(filler, noise, threads, training.steps);
  let waited = 0;
  return {
    groups,
    async take(step: number): Promise<Batch> {
      const started = performance.now();
      const { pixels, targets, responses, places } = await slots.take(step);
      waited += performance.now() - started;
      const more = Object.entries({ responses, places }).filter(([, values]) => values.length > 0);
      return {
        groups,
        pixels,
        // Copies: TensorFlow may keep a tensor's values by reference, and the slot is overwritten.
        targets: targets.slice(),
        ...(more.length > 0 && {
          more: Object.fromEntries(more.map(([name, values]) => [name, values.slice()])),
        }),
      };
    },
    get waitedSeconds() {
      return waited / 1000;
    },
    dispose: () => slots.dispose(),
  };
}
