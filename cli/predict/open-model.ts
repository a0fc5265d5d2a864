import { ConfigurationError, CorruptArtifactError } from '../../domain/errors.js';
import type { StoredModel } from '../../domain/stored-model.js';
import type { FoundModel } from '../../storage/find-model.js';
import { type ModelCard, readModel, readModelCard } from '../../storage/models.js';

/** A model with what is needed to use it on pictures. */
export interface ReadyModel {
  readonly model: StoredModel;
  readonly card: ModelCard;
}

/**
 * Reads a model and what is needed to use it.
 * @throws ConfigurationError when it is none of ours: its classes and image size aren't known
 * @throws CorruptArtifactError when its weights aren't the ones that were written
 */
export async function openModel(found: FoundModel): Promise<ReadyModel> {
  const card = await cardOf(found);
  return { card, model: await readModel(found.store, found.key) };
}

async function cardOf({ name, store, key }: FoundModel): Promise<ModelCard> {
  try {
    return await readModelCard(store, key);
  } catch (error) {
    if (!(error instanceof CorruptArtifactError)) throw error;
    throw new ConfigurationError(
      `model: received ${name}, expected one that Apprentice has written: its model.json does not say its classes and image size`,
      { cause: error },
    );
  }
}
