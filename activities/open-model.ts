import type { ArtifactStore } from '../domain/artifact-store.js';
import { DEFAULT_FIT } from '../domain/config/image-settings.js';
import type { OpenedModel } from '../domain/records.js';
import { parametersOf } from '../domain/stored-model.js';
import { foreignModel } from '../learning/models/foreign-model.js';
import { type FoundModel, findModel } from '../storage/find-model.js';
import { modelKeys } from '../storage/keys.js';
import { hasModelCard, readModel, readModelCard, writeHashedModel } from '../storage/models.js';
import { readOpened, writeOpened } from '../storage/runs.js';
import type { ActivityContext } from './context.js';
import type { RunActivityInput } from './run-input.js';

export interface OpenModelInput extends RunActivityInput {
  /** A line, line@version, run id, or folder with model.json. */
  readonly reference: string;
  /** The folder within the run into which a model from outside the store is copied. */
  readonly name: string;
  /** The field of the configuration that names the model. */
  readonly field: string;
}

/**
 * Opens an existing model. Copies a model from outside the store into the run, with a card if it has none. A run that is
 * started again after a failure gets the same model, even if the line has another champion by then.
 * @throws ConfigurationError if there is no such model
 * @throws ModelError if it is not an image classifier
 */
export async function openModel(input: OpenModelInput, { store }: ActivityContext): Promise<OpenedModel> {
  const { opened } = modelKeys(input.runId, input.name);
  const earlier = await readOpened(store, opened, input.reference);
  if (earlier) return earlier;
  const model = await open(input, store);
  await writeOpened(store, opened, model);
  return model;
}

async function open(input: OpenModelInput, store: ArtifactStore): Promise<OpenedModel> {
  const { reference, runId, name, config, field } = input;
  const found = await findModel(reference, store, field);
  const isOurs = await hasModelCard(found.store, found.key);
  const isInStore = isOurs && found.store.url === store.url;
  const copy = async () => {
    const { model, ...known } = isOurs ? await ownModel(found) : await foreignModel(reference, field);
    const { fit = DEFAULT_FIT } = config.data.image;
    const card = { fit, temperature: 1, ...known, runId, generation: 0 };
    return (await writeHashedModel(store, modelKeys(runId, name).model, model, card)).modelKey;
  };
  const key = isInStore ? found.key : await copy();
  const card = await readModelCard(store, key);
  const parameters = parametersOf(await readModel(store, key));
  const { classes, image, fit, weightsHash } = card;
  return {
    reference,
    name: found.name,
    modelKey: key,
    ...(isOurs && { classes }),
    ...(card.taskBoundary !== undefined && { taskBoundary: card.taskBoundary }),
    outputs: classes.length,
    image,
    fit,
    parameters,
    weightsHash,
  };
}

async function ownModel({ store, key }: FoundModel) {
  return { ...(await readModelCard(store, key)), model: await readModel(store, key) };
}
