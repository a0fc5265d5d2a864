import { shapeSettings } from '../../domain/config/image-settings.js';
import { ModelError } from '../../domain/errors.js';
import { describeSeparateTasks, expectImageShape } from '../../domain/expect-same-task.js';
import { appendNewClasses, numberOldClasses } from '../../domain/extended-classes.js';
import type { ExtendConfig } from '../../domain/methods/extend.js';
import type { DatasetRecord, OpenedModel } from '../../domain/records.js';
import type { RecordedResponses } from '../../domain/training-plan.js';
import { openDataset } from '../../learning/datasets/open.js';
import { recordResponses } from '../../learning/distillation/record-responses.js';
import { writeFloats } from '../../storage/floats.js';
import { datasetKeys, modelKeys } from '../../storage/keys.js';
import { readModel, readModelCard } from '../../storage/models.js';
import type { ActivityContext } from '../context.js';
import { imageProgress } from '../image-progress.js';
import { prepareImages } from '../prepare-images.js';
import type { RunActivityInput } from '../run-input.js';

export interface PrepareExtensionInput extends RunActivityInput<ExtendConfig> {
  /** The images of the new classes. */
  readonly dataset: DatasetRecord;
  readonly from: OpenedModel;
}

/** Both tasks in the class order of the extended model: old classes first. */
export interface PreparedExtension {
  readonly oldClasses: readonly string[];
  readonly dataset: DatasetRecord;
  /** Images of the old classes, if there are any. */
  readonly old?: DatasetRecord;
  /** The old model's predictions on the new images, if they are recorded. */
  readonly responses?: RecordedResponses;
}

/**
 * Numbers the classes of both tasks, the old model's first; prepares the images of the old classes; records the old
 * model's predictions on the new images if configured.
 * @throws ConfigurationError if the model already has a new class
 * @throws ModelError if the image shapes differ, or the model lacks a class of the old images, or joint heads are
 *   configured and the model's classes are separate tasks
 */
export async function prepareExtension(
  input: PrepareExtensionInput,
  context: ActivityContext,
): Promise<PreparedExtension> {
  const { config, dataset, from } = input;
  expectImageShape('from', from, dataset.image);
  expectHeads(config, from);
  const { classes: oldClasses } = await readModelCard(context.store, from.modelKey);
  const extended = appendNewClasses(dataset, oldClasses);
  const old = config.old && (await prepareOld(input, config.old, context));
  const responses = config.views === 'recorded' && (await record(input, context));
  return {
    oldClasses,
    dataset: extended,
    ...(old && { old: numberOldClasses(old, oldClasses, extended.classes) }),
    ...(responses && { responses }),
  };
}

/** Joint heads learn from the old model's predictions, which can't rank classes that never competed. */
function expectHeads({ heads }: ExtendConfig, from: OpenedModel): void {
  const tasks = describeSeparateTasks(from);
  if (heads === 'separate' || !tasks) return;
  throw new ModelError(
    `heads: received joint for ${from.name}, ${tasks}, expected separate: set it, or use joint heads in all extensions, or transfer the model to all of its classes first`,
  );
}

const OLD_FIELDS = {
  data: 'old',
  labelled: 'old.labelled',
  test: 'old.test',
  labelsPerClass: 'old.labelsPerClass',
  validationPerClass: 'old.validationPerClass',
};

/** Prepares the images of the old classes in the shape of the new ones. */
function prepareOld(
  { runId, config, dataset }: PrepareExtensionInput,
  old: NonNullable<ExtendConfig['old']>,
  context: ActivityContext,
): Promise<DatasetRecord> {
  const { maxRejectedShare } = config.data;
  const data = { ...old, maxRejectedShare, image: { ...shapeSettings(dataset.image), fit: dataset.fit } };
  const keys = datasetKeys(runId, 'old');
  return prepareImages(
    { data, seed: config.seed, keys, classesNeeded: { atLeast: 1 }, fields: OLD_FIELDS },
    context,
  );
}

async function record(
  { runId, config, dataset, from }: PrepareExtensionInput,
  context: ActivityContext,
): Promise<RecordedResponses> {
  const { store, signal } = context;
  const { onShard, onProgress } = imageProgress(context);
  const { labelled: images } = await openDataset(dataset, store, {
    imagesToRead: ({ labelled }) => [labelled],
    onShard,
  });
  const { responses, width } = await recordResponses({
    models: [await readModel(store, from.modelKey)],
    temperature: config.temperature,
    images,
    signal,
    onProgress,
  });
  return {
    width,
    labelled: await writeFloats(store, modelKeys(runId, 'old').responses('labelled'), responses),
  };
}
