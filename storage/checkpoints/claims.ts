import { hostname } from 'node:os';
import { z } from 'zod';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import { ConfigurationError, StaleAttemptError } from '../../domain/errors.js';
import type { ArtifactKey } from '../../domain/records.js';
import type { TrainingIdentity } from '../../domain/training-plan.js';
import { encodeJson, readJson } from '../json.js';
import { padded } from '../numbered.js';

/** An attempt's place in line. The highest one may write; all others have been taken over. */
const claimRecord = z.object({
  claim: z.int().min(1),
  /** Of the training, see TrainingIdentity. */
  identity: z.record(z.string(), z.string()),
  host: z.string(),
  pid: z.int(),
  claimedAt: z.string(),
});

const folderOf = (folder: ArtifactKey) => `${folder}/claims/`;

async function claimKeys(store: ArtifactStore, folder: ArtifactKey): Promise<ArtifactKey[]> {
  return store.list(folderOf(folder));
}

const numberOf = (key: ArtifactKey | undefined) =>
  key ? Number.parseInt(key.slice(key.lastIndexOf('/') + 1), 10) : 0;

/**
 * Takes over a step from whoever worked on it before.
 * @returns the claim's number, higher than all others
 * @throws ConfigurationError when earlier attempts were asked for something else.
 */
export async function claimStep(
  store: ArtifactStore,
  folder: ArtifactKey,
  identity: TrainingIdentity,
): Promise<number> {
  for (;;) {
    const last = (await claimKeys(store, folder)).at(-1);
    if (last) await assertSameTraining(store, last, identity);
    const claim = numberOf(last) + 1;
    const record = {
      claim,
      identity,
      host: hostname(),
      pid: process.pid,
      claimedAt: new Date().toISOString(),
    };
    // Where another attempt was faster, look again.
    if (await store.create(`${folderOf(folder)}${padded(claim)}`, encodeJson(record))) return claim;
  }
}

async function assertSameTraining(
  store: ArtifactStore,
  key: ArtifactKey,
  identity: TrainingIdentity,
): Promise<void> {
  const earlier = await readJson(store, key, claimRecord);
  expectSameTraining(key.slice(0, key.indexOf('/checkpoint')), earlier.identity, identity);
}

/**
 * @param place of the earlier training, for the message
 * @throws ConfigurationError naming each part that differs
 */
export function expectSameTraining(place: string, earlier: TrainingIdentity, now: TrainingIdentity): void {
  const parts = [...new Set([...Object.keys(earlier), ...Object.keys(now)])];
  const others = parts.filter((part) => earlier[part] !== now[part]);
  if (others.length === 0) return;
  throw new ConfigurationError(
    `run id: "${place}" holds a training that differs in ${others.join(', ')}: restore what it had to continue it, or give this run an id of its own`,
  );
}

/** @throws StaleAttemptError when a higher claim exists. */
export async function assertCurrent(store: ArtifactStore, folder: ArtifactKey, claim: number): Promise<void> {
  const highest = numberOf((await claimKeys(store, folder)).at(-1));
  if (highest === claim) return;
  throw new StaleAttemptError(
    `attempt ${claim} at "${folder}": attempt ${highest} has taken over, so this one may not write any more`,
  );
}
