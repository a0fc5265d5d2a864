import { hostname } from 'node:os';
import { z } from 'zod';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import { ConfigurationError, StaleAttemptError } from '../../domain/errors.js';
import type { ArtifactKey } from '../../domain/records.js';
import type { TrainingIdentity } from '../../domain/training-plan.js';
import { encodeJson, readJson } from '../json.js';
import { padded } from '../numbered.js';

/**
 * A claim is a fencing token: each attempt at a training takes the next number by exclusive creation, and only the
 * attempt with the highest number may write. Temporal's attempt numbers are not usable, because they restart at 1 when
 * the activity is scheduled again.
 */
const claimRecord = z.object({
  claim: z.int().min(1),
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
 * Takes over a training from all earlier attempts.
 * @returns the number of the claim, higher than all others
 * @throws ConfigurationError if an earlier attempt had another identity
 */
export async function claimTraining(
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
    // If another attempt takes the number first, tries the next.
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
 * @param place folder of the earlier training, for the message
 * @throws ConfigurationError naming each part that differs
 */
export function expectSameTraining(place: string, earlier: TrainingIdentity, now: TrainingIdentity): void {
  const parts = [...new Set([...Object.keys(earlier), ...Object.keys(now)])];
  const others = parts.filter((part) => earlier[part] !== now[part]);
  if (others.length === 0) return;
  throw new ConfigurationError(
    `run id: "${place}" has a training that differs in ${others.join(', ')}: undo these changes to continue it, or choose another run id`,
  );
}

/** @throws StaleAttemptError when a higher claim exists */
export async function assertCurrent(store: ArtifactStore, folder: ArtifactKey, claim: number): Promise<void> {
  const highest = numberOf((await claimKeys(store, folder)).at(-1));
  if (highest === claim) return;
  throw new StaleAttemptError(
    `attempt ${claim} at "${folder}": attempt ${highest} has taken over, so this one may no longer write`,
  );
}
