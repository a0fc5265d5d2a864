import { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import type { NamedChoice } from '../domain/methods/label-next.js';
import type { ArtifactKey } from '../domain/records.js';
import { readSealed, writeSealed } from '../domain/sealed-record.js';

const choicesShape = z.array(
  z.looseObject({ path: z.string(), position: z.int(), guess: z.int(), confidence: z.number() }),
);

/** Writes the images that label-next chose, the most useful first. */
export async function writeChosen(
  store: ArtifactStore,
  key: ArtifactKey,
  chosen: readonly NamedChoice[],
): Promise<void> {
  await writeSealed(store, key, chosen);
}

/** @throws ArtifactMissingError if the list was deleted */
export async function readChosen(store: ArtifactStore, key: ArtifactKey): Promise<readonly NamedChoice[]> {
  return (await readSealed(store, key, choicesShape)) as unknown as readonly NamedChoice[];
}
