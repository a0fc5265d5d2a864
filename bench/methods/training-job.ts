import type { StoredModel } from '../../domain/stored-model.js';
import { emptyLike } from '../../learning/datasets/concat-images.js';
import { countByClass, labelsOf } from '../../learning/datasets/image-set.js';
import { type PseudoLabels, selectPseudoLabels, type TrainingJob } from '../../learning/index.js';
import { WEIGHT_DECAYS } from '../../learning/transfer/fit-head.js';
import { type TransferredHead, transferHead } from '../../learning/transfer/transfer-head.js';
import type { ModelSource } from './model-source.js';
import type { LabelledBy, Recipe, View } from './recipe.js';
import { augmented } from './views.js';

/** Returns the training that a recipe describes, after training the models that it needs. */
export async function trainingJobOf(lab: ModelSource, recipe: Recipe, seed: number): Promise<TrainingJob> {
  const { network, training, generation, labelledBy, taughtBy, withoutLabelled } = recipe;
  const { images, classes } = await lab.view(seed, recipe.view);
  const start = await startOf(lab, recipe, seed);
  const teachers: StoredModel[] = [];
  for (const teacher of taughtBy?.teachers ?? []) teachers.push((await lab.model(teacher, seed)).model);
  return {
    images: withoutLabelled ? { ...images, labelled: emptyLike(images.labelled) } : images,
    classes: classes.length,
    ...(start ? { start } : { model: network }),
    training,
    seed,
    generation,
    ...(labelledBy && { pseudoLabels: await pseudoLabelsOf(lab, labelledBy, recipe, seed) }),
    ...(taughtBy && { objective: taughtBy.objective }),
    ...(teachers.length > 0 && { teachers }),
  };
}

async function startOf(
  lab: ModelSource,
  { start, view }: Recipe,
  seed: number,
): Promise<TrainingJob['start']> {
  if (!start) return undefined;
  const { head, from } = start;
  if (head === 'fitted') return { model: (await fittedHead(lab, from, view, seed)).model, head: 'kept' };
  return { model: (await lab.model(from, seed)).model, head };
}

/** Replaces a model's last layer by one that is fitted to its features of a view. */
export async function fittedHead(
  lab: ModelSource,
  from: Recipe,
  view: View,
  seed: number,
): Promise<TransferredHead> {
  const { model } = await lab.model(from, seed);
  const { images, classes } = await lab.view(seed, view);
  return transferHead({
    model,
    images,
    classes: classes.length,
    weightDecays: WEIGHT_DECAYS,
    seed,
    store: lab.store,
    signal: lab.signal,
  });
}

async function pseudoLabelsOf(
  lab: ModelSource,
  { teachers, pseudoLabels, noised }: LabelledBy,
  { view, training, generation }: Recipe,
  seed: number,
): Promise<PseudoLabels> {
  const { images, classes } = await lab.view(seed, view);
  const { model } = await lab.bestOf(teachers, seed);
  const inputs = noised
    ? augmented(images.unlabelled, training.augmentation, seed, 'noised-teacher', generation)
    : images.unlabelled;
  return selectPseudoLabels({
    probabilities: await lab.predict(model, inputs),
    classes,
    config: pseudoLabels,
    labelsPerClass: countByClass(labelsOf(images.labelled), classes.length),
    seed,
    generation,
  }).pseudoLabels;
}
