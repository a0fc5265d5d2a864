import type { DatasetRecord } from '../domain/records.js';
import { prepareDataset } from '../learning/datasets/prepare.js';
import { expectAugmentable } from '../learning/training/batches/expect-augmentable.js';
import { expectUnlabelledOf } from '../learning/training/batches/expect-unlabelled.js';
import { ProgressMeter } from '../learning/training/progress-meter.js';
import { runKeys } from '../storage/keys.js';
import type { StepInput } from './contract.js';
import type { RunningStep } from './step-context.js';

/**
 * Decodes and packs the images (cached by content), fixes the split once, stores it.
 * @throws ConfigurationError where the augmentation of teacher or student does not suit the images, or there are no
 *   unlabelled ones for their consistency
 */
export async function prepareDatasetOfRun(
  { runId, config }: StepInput,
  step: RunningStep,
): Promise<DatasetRecord> {
  const { split, rejected } = runKeys(runId);
  const meter = new ProgressMeter();
  const dataset = await prepareDataset({
    data: config.data,
    seed: config.seed,
    store: step.store,
    keys: { split, rejected },
    signal: step.signal,
    onProgress: (done, total) =>
      step.report({ activity: 'prepare-dataset', generation: 0, done, total, rate: meter.rate(done) }),
  });
  // Only now are the pictures known; a student's settings are not to fail after its teacher's training.
  expectAugmentable(config, dataset.image);
  expectUnlabelledOf(config, dataset.counts.unlabelled);
  return dataset;
}
