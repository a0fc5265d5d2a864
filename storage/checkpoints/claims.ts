import { hostname } from 'node:os';
import { z } from 'zod';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import {
  ConfigurationError,
  CorruptArtifactError,
  StaleAttemptError,
  StoreGoneError,
} from '../../domain/errors.js';
import type { ArtifactKey } from '../../domain/records.js';
import { encodeSealed, readSealed } from '../../domain/sealed-record.js';
import type { TrainingIdentity } from '../../domain/training-plan.js';
import { isNumbered, padded } from '../numbered.js';

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

/** Other files in the folder are no claims. */
async function claimKeys(store: ArtifactStore, folder: ArtifactKey): Promise<ArtifactKey[]> {
  return (await store.list(folderOf(folder))).filter((key) => isNumbered(key, folderOf(folder)));
}

const numberOf = (key: ArtifactKey | undefined) =>
  key ? Number.parseInt(key.slice(key.lastIndexOf('/') + 1), 10) : 0;

/**
 * Takes over a training from all earlier attempts.
 * @param onBroken is called with the error of each claim that is not as it was written
 * @returns the number of the claim, higher than all others; `isKnown` is false if earlier attempts left no claim that
 *   tells their identity
 * @throws ConfigurationError if an earlier attempt had another identity
 */
export async function claimTraining(
  store: ArtifactStore,
  folder: ArtifactKey,
  identity: TrainingIdentity,
  onBroken: (error: Error) => void,
): Promise<{ readonly claim: number; readonly isKnown: boolean }> {
  for (;;) {
    const keys = await claimKeys(store, folder);
    const earlier = await lastReadable(store, keys, onBroken);
    if (earlier) expectSameTraining(folder.slice(0, folder.indexOf('/checkpoint')), earlier, identity);
    const claim = numberOf(keys.at(-1)) + 1;
    const record = {
      claim,
      identity,
      host: hostname(),
      pid: process.pid,
      claimedAt: new Date().toISOString(),
    };
    // If another attempt takes the number first, tries the next.
    const key = `${folderOf(folder)}${padded(claim)}`;
    const isKnown = keys.length === 0 || earlier !== undefined;
    if (await store.create(key, encodeSealed(key, record))) return { claim, isKnown };
  }
}

/** The identity in the last claim that is as it was written; all claims of a training have the same. */
async function lastReadable(
  store: ArtifactStore,
  keys: readonly ArtifactKey[],
  onBroken: (error: Error) => void,
): Promise<TrainingIdentity | undefined> {
  for (const key of keys.toReversed()) {
    try {
      return (await readSealed(store, key, claimRecord)).identity;
    } catch (error) {
      if (!(error instanceof CorruptArtifactError)) throw error;
      onBroken(error);
    }
  }
  return undefined;
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

/**
 * @throws StaleAttemptError when a higher claim exists
 * @throws StoreGoneError when the claim itself is gone
 */
export async function assertCurrent(store: ArtifactStore, folder: ArtifactKey, claim: number): Promise<void> {
  const highest = numberOf((await claimKeys(store, folder)).at(-1));
  if (highest === claim) return;
  if (highest < claim) {
    throw new StoreGoneError(
      `attempt ${claim} at "${folder}": its claim is gone from ${store.url}: is its disk mounted? The step is tried again`,
    );
  }
  throw new StaleAttemptError(
    `attempt ${claim} at "${folder}": attempt ${highest} has taken over, so this one may no longer write`,
  );
}
