import { type FoundModel, type ModelCard, readModel, readModelCard } from '../../client/local-store.js';
import { ConfigurationError, CorruptArtifactError } from '../../domain/errors.js';
import type { StoredModel } from '../../domain/stored-model.js';

export interface ReadyModel {
  readonly model: StoredModel;
  readonly card: ModelCard;
}

/**
 * Reads a model and its card, which has its classes and image size.
 * @throws ConfigurationError for a model without a card, which Apprentice has not written
 * @throws CorruptArtifactError if the weights don't have the checksum that they were written with
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
