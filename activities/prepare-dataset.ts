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
import { pinNetworks } from './pin-network.js';
import { prepareImages } from './prepare-images.js';
import type { RunActivityInput } from './run-input.js';

export interface PrepareInput extends RunActivityInput {
  /** Two by default. */
  readonly classesNeeded?: ClassesNeeded;
  /** The existing model that becomes generation 0: it must suit the data, and no student may be smaller. */
  readonly teacher?: OpenedModel;
}

/**
 * Decodes and packs the images (cached by content), draws the split once and stores it. Then checks all trainings of the
 * configuration, so that an error in a student's does not wait for the end of its teacher's.
 * @throws ConfigurationError if an augmentation does not suit the images, or consistency has no unlabelled images, or a
 *   network's file was edited since the run began
 * @throws DataError if there are no unlabelled images for students
 * @throws ModelError if a network can't be built or does not suit the images and classes, or a student is smaller than
 *   the generation before it, or an existing teacher has other classes or some that don't compete
 * @returns the data set, its classes in the order of an existing teacher
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

/** Loads TensorFlow only if there are networks. */
async function expectNetworks(
  { runId, config }: RunActivityInput<RunBase & TrainsNetworks>,
  { dataset, teacher }: { readonly dataset: DatasetRecord; readonly teacher: OpenedModel | undefined },
  { store, report, signal }: ActivityContext,
): Promise<void> {
  const questions = networkChecks(config, dataset);
  if (questions.length === 0) return;
  await pinNetworks(runId, trainedNetworks(config), store);
  const { countParameters } = await import('../learning/models/count-parameters.js');
  const images = Object.values(dataset.counts).reduce((sum, count) => sum + count, 0);
  report({ done: images, total: images });
  signal.throwIfAborted();
  const counts = await countParameters(questions);
  const [problem] = growthProblems([
    ...(teacher ? [{ generation: 0, field: 'teacher.from', parameters: teacher.parameters }] : []),
    ...questions.map(({ field, generation }, at) => ({ field, generation, parameters: counts[at]! })),
  ]);
  if (problem) throw new ModelError(problem);
}
