import { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { type AugmentationConfig, augmentationConfig } from '../domain/config/augmentation.js';
import { type RungRecord, trialName } from '../domain/methods/search.js';
import type { ArtifactKey } from '../domain/records.js';
import { encodeJson, readJson } from './json.js';
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
    best: `${folder}/best.yaml`,
  };
}

/** Writes the policies of all trials, by trial number. */
export async function writePolicies(
  store: ArtifactStore,
  runId: string,
  policies: readonly AugmentationConfig[],
): Promise<void> {
  await store.write(searchKeys(runId).policies, encodeJson(policies));
}

/** @throws ArtifactMissingError if the policies are not drawn yet */
export function readPolicies(store: ArtifactStore, runId: string): Promise<readonly AugmentationConfig[]> {
  return readJson(store, searchKeys(runId).policies, policiesShape);
}

export async function writeRung(store: ArtifactStore, runId: string, record: RungRecord): Promise<void> {
  await store.write(searchKeys(runId).rung(record.rung), encodeJson(record));
}

/** @throws ArtifactMissingError when the rung is not complete yet */
export async function readRung(store: ArtifactStore, runId: string, rung: number): Promise<RungRecord> {
  return (await readJson(store, searchKeys(runId).rung(rung), rungShape)) as unknown as RungRecord;
}

/** Removes the model and the checkpoints of an eliminated trial. Its results stay. */
export async function dropTrial(store: ArtifactStore, runId: string, trial: number): Promise<void> {
  const keys = modelKeys(runId, trialName(trial));
  for (const folder of [`${keys.model}/`, `${keys.checkpoints}/states/`]) {
    for (const key of await store.list(folder)) await store.remove(key);
  }
}

/** Writes the best policy as a config file for `apprentice run`, and returns its key. */
export async function writeBest(store: ArtifactStore, runId: string, yaml: string): Promise<ArtifactKey> {
  const key = searchKeys(runId).best;
  await store.write(key, new TextEncoder().encode(yaml));
  return key;
}

/** The bytes of that file. @throws ArtifactMissingError if it was deleted */
export function readBest(store: ArtifactStore, key: ArtifactKey): Promise<Uint8Array> {
  return store.read(key);
}
