import { shapeSettings } from '../../domain/config/image-settings.js';
import type { ExtendConfig } from '../../domain/config/methods/extend.js';
import { ModelError } from '../../domain/errors.js';
import { describeSeparateTasks, expectImageShape } from '../../domain/expect-same-task.js';
import { appendNewClasses, numberOldClasses } from '../../domain/extended-classes.js';
import type { RecordedResponses } from '../../domain/fit-plan.js';
import type { OpenedModel } from '../../domain/methods.js';
import type { DatasetRecord } from '../../domain/records.js';
import { openDataset } from '../../learning/datasets/open.js';
import { recordResponses } from '../../learning/distillation/record-responses.js';
import { writeFloats } from '../../storage/floats.js';
import { modelKeys, runKeys } from '../../storage/keys.js';
import { readModel, readModelCard } from '../../storage/models.js';
import { prepareImages } from '../prepare-images.js';
import type { RunningStep } from '../step-context.js';
import { toldProgress } from '../told-progress.js';
import { byFields } from './by-fields.js';
import type { PreparedExtension, PrepareExtensionInput } from './extend-contract.js';

/**
 * Numbers the classes of both tasks, the old model's first; prepares the images of the old ones; records what the old
 * model says of the new images where that is wanted.
 * @throws ConfigurationError when a new class is an old one
 * @throws ModelError when joint heads are asked for and the model's own classes are tasks apart
 * @throws ModelError when the model takes other pictures, or does not know a class of the old images
 */
export async function prepareExtension(
  input: PrepareExtensionInput,
  step: RunningStep,
): Promise<PreparedExtension> {
  const { config, dataset, from } = input;
  expectImageShape('from', from, dataset.image);
  expectHeads(config, from);
  const { classes: oldClasses } = await readModelCard(step.store, from.modelKey);
  const extended = appendNewClasses(dataset, oldClasses);
  const old = config.old && (await prepareOld(input, config.old, step));
  const responses = config.views === 'recorded' && (await record(input, step));
  return {
    oldClasses,
    dataset: extended,
    ...(old && { old: numberOldClasses(old, oldClasses, extended.classes) }),
    ...(responses && { responses }),
  };
}

/** What never learnt to compete can't be taught to by answers that don't know of it. */
function expectHeads({ heads }: ExtendConfig, from: OpenedModel): void {
  const tasks = describeSeparateTasks(from);
  if (heads === 'separate' || !tasks) return;
  throw new ModelError(
    `heads: received joint for ${from.name}, ${tasks}, expected separate: or extend with joint heads from the beginning, or transfer it to all of its classes first`,
  );
}

const OLD_FIELDS = {
  data: 'old',
  'data.labelled': 'old.labelled',
  'data.test': 'old.test',
  'data.labelsPerClass': 'old.labelsPerClass',
  'data.validationPerClass': 'old.validationPerClass',
};

/** The new images decide what a picture looks like: those of the old classes are brought to the same. */
function prepareOld(
  { runId, config, dataset }: PrepareExtensionInput,
  old: NonNullable<ExtendConfig['old']>,
  step: RunningStep,
): Promise<DatasetRecord> {
  const { maxRejectedShare } = config.data;
  const data = { ...old, maxRejectedShare, image: { ...shapeSettings(dataset.image), fit: dataset.fit } };
  const keys = runKeys(`${runId}/old`);
  const request = { data, seed: config.seed, keys, classesNeeded: { atLeast: 1 } } as const;
  return byFields(OLD_FIELDS, () => prepareImages(request, step));
}

async function record(
  { runId, config, dataset, from }: PrepareExtensionInput,
  step: RunningStep,
): Promise<RecordedResponses> {
  const { store, signal } = step;
  const { onShard, onProgress } = toldProgress(step);
  const { labelled: images } = await openDataset(dataset, store, {
    lookedAt: ({ labelled }) => [labelled],
    onShard,
  });
  const { responses, width } = await recordResponses({
    models: [await readModel(store, from.modelKey)],
    temperature: config.temperature,
    images,
    signal,
    onProgress,
  });
  const labelledKey = modelKeys(runId, 'old').responses('labelled');
  await writeFloats(store, labelledKey, responses);
  return { width, labelledKey };
}
