import { DEFAULT_FIT } from '../../domain/config/fit-of.js';
import type { OpenedModel } from '../../domain/methods.js';
import { parametersOf } from '../../domain/stored-model.js';
import { foreignModel } from '../../learning/models/foreign-model.js';
import { type FoundModel, findModel } from '../../storage/find-model.js';
import { modelKeys } from '../../storage/keys.js';
import { hasModelCard, type ModelCard, readModel, readModelCard, writeModel } from '../../storage/models.js';
import { readOpened, writeOpened } from '../../storage/runs.js';
import type { OpenModelInput } from '../contract.js';
import type { RunningStep } from '../step-context.js';

/**
 * Opens a model that was there before. One from outside the run's store is copied into it, one that was made
 * elsewhere gets what can be known of it written beside. Asked again in this run, even one that is begun anew after it
 * failed, the name stands for the same model: the line may have another champion by then, perhaps this run's own.
 * @throws ConfigurationError when nothing has that name
 * @throws ModelError when it takes or gives something else than an image classifier
 */
export async function openModel(input: OpenModelInput, step: RunningStep): Promise<OpenedModel> {
  const { opened } = modelKeys(input.runId, input.name);
  const known = await readOpened(step.store, opened, input.reference);
  if (known) return { ...known, ...apartIn(await readModelCard(step.store, known.modelKey)) };
  const model = await open(input, step);
  await writeOpened(step.store, opened, model);
  return model;
}

async function open(input: OpenModelInput, { store }: RunningStep): Promise<OpenedModel> {
  const { reference, runId, name, config, field = 'model' } = input;
  const found = await findModel(reference, store, field);
  const isOurs = await hasModelCard(found.store, found.key);
  const isInStore = isOurs && found.store.url === store.url;
  const key = isInStore ? found.key : modelKeys(runId, name).model;
  if (!isInStore) {
    const { model, ...known } = isOurs ? await ownModel(found) : await foreignModel(reference, field);
    const { fit = DEFAULT_FIT } = config.data.image;
    await writeModel(store, key, model, { fit, temperature: 1, ...known, runId, generation: 0 });
  }
  const card = await readModelCard(store, key);
  const parameters = parametersOf(await readModel(store, key));
  const { classes, image, fit, weightsHash } = card;
  return {
    reference,
    name: found.name,
    modelKey: key,
    ...(isOurs && { classes }),
    ...apartIn(card),
    outputs: classes.length,
    image,
    fit,
    parameters,
    weightsHash,
  };
}

/** Older versions opened models without it. */
function apartIn({ taskBoundary: apart }: ModelCard): Pick<OpenedModel, 'apart'> {
  return apart === undefined ? {} : { apart };
}

async function ownModel({ store, key }: FoundModel) {
  return { ...(await readModelCard(store, key)), model: await readModel(store, key) };
}
