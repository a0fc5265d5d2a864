import type { RunBase } from '../domain/config/base.js';
import type { ClassesNeeded } from '../domain/config/data.js';
import { type TrainsNetworks, trainedNetworks } from '../domain/config/trained-networks.js';
import { ModelError } from '../domain/errors.js';
import { expectTeacher } from '../domain/expect-same-task.js';
import type { DatasetRecord, OpenedModel } from '../domain/records.js';
import { growthProblems } from '../learning/models/growth.js';
import { networkChecks } from '../learning/models/network-checks.js';
import { expectAugmentable } from '../learning/training/batches/expect-augmentable.js';
import { expectUnlabelledOf } from '../learning/training/batches/expect-unlabelled.js';
import { runKeys } from '../storage/keys.js';
import type { ActivityContext } from './context.js';
import { pinNetwork } from './pin-network.js';
import { prepareImages } from './prepare-images.js';
import type { RunActivityInput } from './run-input.js';

export interface PrepareInput extends RunActivityInput {
  /** Two by default. */
  readonly classesNeeded?: ClassesNeeded;
  /** The existing model that becomes generation 0; must have the data's classes, and no student may be smaller. */
  readonly teacher?: OpenedModel;
}

/**
 * Decodes and packs the images (cached by content), draws the split once and stores it. Then checks all trainings of the
 * configuration, so that an error in a student's settings is reported before its teacher is trained.
 * @throws ConfigurationError if an augmentation is not possible for the image shape, or consistency has no unlabelled
 *   images, or a network's file was edited after the run started
 * @throws DataError if there are no unlabelled images for students
 * @throws ModelError if a network can't be built or does not fit the images and classes, or a student is smaller than
 *   the generation before it, or an existing teacher has other classes or separate tasks
 * @returns the data set, in the class order of an existing teacher
 */
export async function prepareDatasetOfRun(
  { runId, config, classesNeeded, teacher }: PrepareInput,
  context: ActivityContext,
): Promise<DatasetRecord> {
  const { data, seed } = config;
  const request = { data, seed, keys: runKeys(runId), ...(classesNeeded && { classesNeeded }) };
  const images = await prepareImages(request, context);
  const dataset = teacher ? expectTeacher('teacher.from', teacher, images) : images;
  expectAugmentable(config, dataset.image);
  expectUnlabelledOf(config, dataset.counts.unlabelled);
  await expectNetworks({ runId, config }, { dataset, teacher }, context);
  return dataset;
}

/** Loads TensorFlow only if the configuration trains networks. */
async function expectNetworks(
  { runId, config }: RunActivityInput<RunBase & TrainsNetworks>,
  { dataset, teacher }: { readonly dataset: DatasetRecord; readonly teacher: OpenedModel | undefined },
  { store, report, signal }: ActivityContext,
): Promise<void> {
  const checks = networkChecks(config, dataset);
  if (checks.length === 0) return;
  for (const { spec: start, field } of trainedNetworks(config)) {
    await pinNetwork({ runId, plan: { start } }, store, field);
  }
  const { countParameters } = await import('../learning/models/count-parameters.js');
  const images = Object.values(dataset.counts).reduce((sum, count) => sum + count, 0);
  report({ done: images, total: images });
  signal.throwIfAborted();
  const counts = await countParameters(checks);
  const [problem] = growthProblems([
    ...(teacher ? [{ generation: 0, field: 'teacher.from', parameters: teacher.parameters }] : []),
    ...checks.map(({ field, generation }, at) => ({ field, generation, parameters: counts[at]! })),
  ]);
  if (problem) throw new ModelError(problem);
}
