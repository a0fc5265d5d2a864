import {
  type FoundModel,
  hasModelCard,
  type ModelCard,
  readModel,
  readModelCard,
} from '../../client/local-store.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { StoredModel } from '../../domain/stored-model.js';

export interface ReadyModel {
  readonly model: StoredModel;
  readonly card: ModelCard;
}

/**
 * Reads a model and its card, which has its classes and image size.
 * @throws ConfigurationError for a model without a card, which Apprentice has not written
 * @throws CorruptArtifactError if it is not as it was written
 */
export async function openModel({ name, store, key }: FoundModel): Promise<ReadyModel> {
  if (!(await hasModelCard(store, key))) {
    throw new ConfigurationError(
      `model: received ${name}, expected one that Apprentice has written: its model.json does not say its classes and image size`,
    );
  }
  return { card: await readModelCard(store, key), model: await readModel(store, key) };
}
