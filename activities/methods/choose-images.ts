import { expectSameTask } from '../../domain/expect-same-task.js';
import type { NamedChoice } from '../../domain/methods/label-next.js';
import { nameImages } from '../../learning/datasets/name-images.js';
import { openDataset } from '../../learning/datasets/open.js';
import { chooseImagesToLabel } from '../../learning/labelling/choose-images.js';
import { runKeys } from '../../storage/keys.js';
import { readModel, readModelCard } from '../../storage/models.js';
import type { RunningStep } from '../step-context.js';
import { toldProgress } from '../told-progress.js';
import type { ChooseImagesInput, ChosenImages } from './label-next-contract.js';

/**
 * Chooses the most useful images to label, and writes the list with their names to the store. Classes are numbered as
 * the model numbers them.
 * @throws ModelError when the model's classes or pictures are others than the data's
 * @throws DataError when there are fewer unlabelled images than asked for
 */
export async function chooseImages(
  { runId, config, dataset, model }: ChooseImagesInput,
  step: RunningStep,
): Promise<ChosenImages> {
  const numbered = expectSameTask('model', model, dataset);
  const { store, signal } = step;
  const { onShard, onProgress } = toldProgress(step);
  const names = await nameImages(dataset, runKeys(runId).names, store);
  const { labelled, unlabelled } = await openDataset(numbered, store, {
    lookedAt: (positions) => [positions.labelled, positions.unlabelled],
    onShard,
  });
  const { temperature = 1 } = await readModelCard(store, model.modelKey);
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
  const chosenKey = `runs/${runId}/label-next`;
  await store.write(chosenKey, Buffer.from(JSON.stringify(named)));
  return { ...choice, count: named.length, chosenKey };
}
