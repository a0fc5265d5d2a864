import { DEFAULT_FIT } from '../../domain/config/fit-of.js';
import { ModelError } from '../../domain/errors.js';
import type { OpenedModel } from '../../domain/methods.js';
import type { ImageShape } from '../../domain/records.js';
import { parametersOf, type StoredModel } from '../../domain/stored-model.js';
import type { TensorFlow } from '../../engine/tensorflow.js';
import { loadSavedModel, storeModel } from '../../learning/models/serialisation.js';
import { type FoundModel, findModel } from '../../storage/find-model.js';
import { modelKeys } from '../../storage/keys.js';
import { hasModelCard, type ModelCard, readModel, readModelCard, writeModel } from '../../storage/models.js';
import { readOpened, writeOpened } from '../../storage/runs.js';
import type { OpenModelInput } from '../contract.js';
import type { RunningStep } from '../step-context.js';

/**
 * Opens a model that was there before. One from outside the run's store is copied into it, one that was made
 * elsewhere gets what can be known of it written beside.
 * @throws ConfigurationError when nothing has that name
 * @throws ModelError when it takes or gives something else than an image classifier
 */
export async function openModel(input: OpenModelInput, step: RunningStep): Promise<OpenedModel> {
  if (!input.once) return open(input, step);
  const { opened } = modelKeys(input.runId, input.name);
  const known = await readOpened(step.store, opened, input.reference);
  if (known) return known;
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
    const { model, card } = isOurs ? await ownModel(found) : await foreignModel(reference, field);
    const { fit = DEFAULT_FIT } = config.data.image;
    await writeModel(store, key, model, { fit, ...card, runId, generation: 0 });
  }
  const card = await readModelCard(store, key);
  const parameters = parametersOf(await readModel(store, key));
  const { classes, image, fit, weightsHash } = card;
  return {
    reference,
    name: found.name,
    modelKey: key,
    ...(isOurs && { classes }),
    outputs: classes.length,
    image,
    fit,
    parameters,
    weightsHash,
  };
}

export interface Copied {
  readonly model: StoredModel;
  /** Of one that was made elsewhere: what can be known of it. */
  readonly card: Pick<ModelCard, 'classes' | 'image'> & Partial<Pick<ModelCard, 'fit' | 'temperature'>>;
}

async function ownModel({ store, key }: FoundModel): Promise<Copied> {
  return { model: await readModel(store, key), card: await readModelCard(store, key) };
}

/**
 * A saved LayersModel that was made elsewhere.
 * @throws ModelError when it does not load, or takes something else than pictures
 */
export async function foreignModel(path: string, field: string): Promise<Copied> {
  const model = await loadSavedModel(path, field);
  try {
    const outputs = model.outputs[0]!.shape.at(-1) ?? 0;
    // Names that nobody knows: by number.
    const classes = Array.from({ length: outputs }, (_, label) => String(label));
    return {
      model: await storeModel(model),
      card: { classes, image: imageOf(model, `${field}: received ${path}`) },
    };
  } finally {
    model.dispose();
  }
}

function imageOf(model: TensorFlow.LayersModel, received: string): ImageShape {
  const [height, width, channels] = model.inputs[0]!.shape.slice(1);
  if (height && width && (channels === 1 || channels === 3)) return { height, width, channels };
  throw new ModelError(
    `${received} with an input of shape ${JSON.stringify(model.inputs[0]!.shape)}, expected [null, height, width, 1 or 3]`,
  );
}
