import type { RunBase } from '../domain/config/base.js';
import type { TrainsNetworks } from '../domain/config/trained-networks.js';
import { ModelError } from '../domain/errors.js';
import { expectTeacher } from '../domain/expect-same-task.js';
import type { OpenedModel } from '../domain/methods.js';
import type { DatasetRecord } from '../domain/records.js';
import { growthProblems } from '../learning/models/growth.js';
import { networkQuestions } from '../learning/models/network-questions.js';
import { expectAugmentable } from '../learning/training/batches/expect-augmentable.js';
import { expectUnlabelledOf } from '../learning/training/batches/expect-unlabelled.js';
import { runKeys } from '../storage/keys.js';
import type { PrepareInput } from './contract.js';
import { prepareImages } from './prepare-images.js';
import type { RunningStep } from './step-context.js';

/**
 * Decodes and packs the images (cached by content), fixes the split once, stores it. Then looks whether all that is to
 * be trained can be: what is wrong with a student is not to be found after its teacher's training.
 * @throws ConfigurationError where the augmentation of teacher or student does not suit the images, or there are no
 *   unlabelled ones for their consistency
 * @throws DataError where there are no unlabelled images for a run's students
 * @throws ModelError where a network can't be built, or does not fit the images and classes, as a teacher that is there
 *   already, whose classes must all compete; or a student is smaller than the generation before it
 * @returns the data set, its classes in the order of such a teacher
 */
export async function prepareDatasetOfRun(
  { runId, config, classesNeeded, teacher }: PrepareInput,
  step: RunningStep,
): Promise<DatasetRecord> {
  const { data, seed } = config;
  const request = { data, seed, keys: runKeys(runId), ...(classesNeeded && { classesNeeded }) };
  const images = await prepareImages(request, step);
  const dataset = teacher ? expectTeacher('teacher.from', teacher, images) : images;
  expectAugmentable(config, dataset.image);
  expectUnlabelledOf(config, dataset.counts.unlabelled);
  await expectNetworks(config, { dataset, teacher }, step);
  return dataset;
}

/** Only where there are some TensorFlow is loaded. */
async function expectNetworks(
  config: RunBase & TrainsNetworks,
  { dataset, teacher }: { readonly dataset: DatasetRecord; readonly teacher: OpenedModel | undefined },
  { report, signal }: RunningStep,
): Promise<void> {
  const questions = networkQuestions(config, dataset);
  if (questions.length === 0) return;
  const { countParameters } = await import('../learning/models/count-parameters.js');
  const images = Object.values(dataset.counts).reduce((sum, count) => sum + count, 0);
  report({ activity: 'prepare-dataset', generation: 0, done: images, total: images, rate: 0 });
  signal.throwIfAborted();
  const counts = await countParameters(questions);
  const [problem] = growthProblems([
    ...(teacher ? [{ generation: 0, field: 'teacher.from', parameters: teacher.parameters }] : []),
    ...questions.map(({ field, generation }, at) => ({ field, generation, parameters: counts[at]! })),
  ]);
  if (problem) throw new ModelError(problem);
}
