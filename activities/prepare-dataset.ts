import type { DatasetRecord } from '../domain/records.js';
import { expectAugmentable } from '../learning/training/batches/expect-augmentable.js';
import { expectUnlabelledOf } from '../learning/training/batches/expect-unlabelled.js';
import { runKeys } from '../storage/keys.js';
import type { PrepareInput } from './contract.js';
import { prepareImages } from './prepare-images.js';
import type { RunningStep } from './step-context.js';

/**
 * Decodes and packs the images (cached by content), fixes the split once, stores it.
 * @throws ConfigurationError where the augmentation of teacher or student does not suit the images, or there are no
 *   unlabelled ones for their consistency
 */
export async function prepareDatasetOfRun(
  { runId, config, classesNeeded }: PrepareInput,
  step: RunningStep,
): Promise<DatasetRecord> {
  const { data, seed } = config;
  const request = { data, seed, keys: runKeys(runId), ...(classesNeeded && { classesNeeded }) };
  const dataset = await prepareImages(request, step);
  // Only now are the pictures known; a student's settings are not to fail after its teacher's training.
  expectAugmentable(config, dataset.image);
  expectUnlabelledOf(config, dataset.counts.unlabelled);
  return dataset;
}
