import { expectSameTask } from '../../domain/expect-same-task.js';
import type { LabelNextConfig, LabelNextReport, NamedChoice } from '../../domain/methods/label-next.js';
import type { DatasetRecord, OpenedModel } from '../../domain/records.js';
import { nameImages } from '../../learning/datasets/image-names.js';
import { openDataset } from '../../learning/datasets/open.js';
import { chooseImagesToLabel } from '../../learning/labelling/choose-images.js';
import { runKeys } from '../../storage/keys.js';
import { writeChosen } from '../../storage/label-choices.js';
import { readModel, readModelCard } from '../../storage/models.js';
import type { ActivityContext } from '../context.js';
import { imageProgress } from '../image-progress.js';
import type { RunActivityInput } from '../run-input.js';

export interface ChooseImagesInput extends RunActivityInput<LabelNextConfig> {
  readonly dataset: DatasetRecord;
  readonly model: OpenedModel;
}

export type ChosenImages = Pick<
  LabelNextReport,
  'by' | 'unlabelled' | 'candidates' | 'byClass' | 'count' | 'chosenKey'
>;

/**
 * Chooses the most useful images to label and stores the list with their names. Results have the model's class order.
 * @throws ModelError if the model's classes or image shape differ from the data's
 * @throws DataError if there are fewer unlabelled images than wanted
 */
export async function chooseImages(
  { runId, config, dataset, model }: ChooseImagesInput,
  context: ActivityContext,
): Promise<ChosenImages> {
  const numbered = expectSameTask('model', model, dataset);
  const { store, signal } = context;
  const { onShard, onProgress } = imageProgress(context);
  const names = await nameImages(dataset, runKeys(runId).names, store);
  const { labelled, unlabelled } = await openDataset(numbered, store, {
    imagesToRead: (positions) => [positions.labelled, positions.unlabelled],
    onShard,
  });
  const { temperature } = await readModelCard(store, model.modelKey);
  const { count, by, seed, sample } = config;
  const { chosen, ...choice } = await chooseImagesToLabel({
    model: await readModel(store, model.modelKey),
    temperature,
    labelled,
    unlabelled,
    classes: numbered.classes,
    count,
    by,
    seed,
    sample,
    signal,
    onProgress,
  });
  const named = chosen.map((image): NamedChoice => ({ ...image, path: names.unlabelled(image.position) }));
  const { chosen: chosenKey } = runKeys(runId);
  await writeChosen(store, chosenKey, named);
  return { ...choice, count: named.length, chosenKey };
}
