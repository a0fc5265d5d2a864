import { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { type AugmentationConfig, augmentationConfig } from '../domain/config/augmentation.js';
import { readHashed, writeHashed } from '../domain/hashed-artifact.js';
import { type RungRecord, trialName } from '../domain/methods/search.js';
import type { ArtifactKey } from '../domain/records.js';
import { readSealed, writeSealed } from '../domain/sealed-record.js';
import { modelKeys } from './keys.js';

const policiesShape = z.array(augmentationConfig);
const rungShape = z.looseObject({
  rung: z.int(),
  steps: z.int(),
  results: z.array(z.looseObject({ trial: z.int() })),
  survivors: z.array(z.int()),
});

/** The keys of a policy search's records. */
export function searchKeys(runId: string) {
  const folder = `runs/${runId}/search`;
  return {
    policies: `${folder}/policies`,
    rung: (rung: number) => `${folder}/rung-${rung}`,
    best: `${folder}/best`,
  };
}

/** Writes the policies of all trials, by trial number. */
export async function writePolicies(
  store: ArtifactStore,
  runId: string,
  policies: readonly AugmentationConfig[],
): Promise<void> {
  await writeSealed(store, searchKeys(runId).policies, policies);
}

/** @throws ArtifactMissingError if the policies are not drawn yet */
export function readPolicies(store: ArtifactStore, runId: string): Promise<readonly AugmentationConfig[]> {
  return readSealed(store, searchKeys(runId).policies, policiesShape);
}

export async function writeRung(store: ArtifactStore, runId: string, record: RungRecord): Promise<void> {
  await writeSealed(store, searchKeys(runId).rung(record.rung), record);
}

/** @throws ArtifactMissingError when the rung is not complete yet */
export async function readRung(store: ArtifactStore, runId: string, rung: number): Promise<RungRecord> {
  return (await readSealed(store, searchKeys(runId).rung(rung), rungShape)) as unknown as RungRecord;
}

/** Removes the model and the checkpoints of an eliminated trial, and marks it. Its results stay. */
export async function dropTrial(store: ArtifactStore, runId: string, trial: number): Promise<void> {
  const keys = modelKeys(runId, trialName(trial));
  // First: a training must not take a model that is half removed for a damaged one.
  await store.write(keys.dropped, new Uint8Array());
  for (const folder of [`${keys.model}-`, `${keys.checkpoints}/states/`]) {
    for (const key of await store.list(folder)) await store.remove(key);
  }
}

/** Writes the best policy as a config file for `apprentice run`, and returns its key. */
export async function writeBest(store: ArtifactStore, runId: string, yaml: string): Promise<ArtifactKey> {
  return (await writeHashed(store, searchKeys(runId).best, new TextEncoder().encode(yaml))).key;
}

/** The bytes of that file. @throws ArtifactMissingError if it was deleted */
export function readBest(store: ArtifactStore, key: ArtifactKey): Promise<Uint8Array> {
  return readHashed(store, key);
}
