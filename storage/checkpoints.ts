import type { ArtifactStore } from '../domain/artifact-store.js';
import { isUnusable } from '../domain/hashed-artifact.js';
import type { ArtifactKey } from '../domain/records.js';
import { readSealed, writeSealed } from '../domain/sealed-record.js';
import type { TrainingIdentity } from '../domain/training-plan.js';
import type { TrainingState } from '../domain/training-state.js';
import { assertCurrent, claimTraining } from './checkpoints/claims.js';
import { manifest, packState, unpackState } from './checkpoints/pack-state.js';
import { padded } from './numbered.js';

/** The last checkpoint, and the one before it in case the last is corrupt. */
const KEPT = 2;
const MANIFEST = '.json';
const BYTES = '.bin';

interface StoredCheckpoint {
  readonly claim: number;
  readonly step: number;
  /** Without the file extension. */
  readonly key: ArtifactKey;
}

/** Later steps first; within a step, the later claim first. */
const latestFirst = (a: StoredCheckpoint, b: StoredCheckpoint) => b.step - a.step || b.claim - a.claim;

/**
 * The checkpoints of one training, as one attempt uses them. An attempt writes under its own claim (a fencing token, see
 * claims.ts), and stops writing after a later attempt has claimed the training. It resumes from the latest valid
 * checkpoint of all attempts.
 */
export class Checkpoints {
  private constructor(
    private readonly store: ArtifactStore,
    private readonly folder: ArtifactKey,
    readonly claim: number,
  ) {}

  /**
   * Takes over the training from all earlier attempts. Removes their states if no claim tells which training they
   * belong to: the training then begins anew, and ends with the same bits.
   * @param onBroken is called with the error of each claim that is not as it was written
   * @throws ConfigurationError if the folder belongs to a training with another identity
   */
  static async claim(
    store: ArtifactStore,
    folder: ArtifactKey,
    identity: TrainingIdentity,
    onBroken: (error: Error) => void = () => undefined,
  ): Promise<Checkpoints> {
    const { claim, isKnown } = await claimTraining(store, folder, identity, onBroken);
    const checkpoints = new Checkpoints(store, folder, claim);
    if (!isKnown) await checkpoints.clear();
    return checkpoints;
  }

  /** @throws StaleAttemptError when a later attempt has claimed the training. */
  assertCurrent(): Promise<void> {
    return assertCurrent(this.store, this.folder, this.claim);
  }

  /**
   * Returns the valid state with the highest step, or undefined. Corrupt checkpoints are removed.
   * @param onBroken is called with the error of each corrupt checkpoint
   */
  async load(onBroken: (error: Error) => void): Promise<TrainingState | undefined> {
    for (const checkpoint of (await this.checkpoints()).sort(latestFirst)) {
      try {
        const described = await readSealed(this.store, checkpoint.key + MANIFEST, manifest);
        return unpackState(described, await this.store.read(checkpoint.key + BYTES));
      } catch (error) {
        if (!isUnusable(error)) throw error;
        onBroken(error);
        await this.assertCurrent();
        await this.removeFiles(checkpoint);
      }
    }
    return undefined;
  }

  /**
   * Writes a state and removes all earlier ones but the last.
   * @throws StaleAttemptError when a later attempt has claimed the training
   */
  async save(state: TrainingState): Promise<void> {
    await this.assertCurrent();
    const { manifest: described, bytes } = packState(state);
    const key = `${this.folder}/states/${padded(this.claim)}/step-${padded(state.step)}`;
    await this.store.write(key + BYTES, bytes);
    await this.assertCurrent();
    await writeSealed(this.store, key + MANIFEST, described);
    await this.prune();
  }

  /**
   * Removes all states. The claims stay, so that a stale attempt still notices that it has been superseded.
   * @throws StaleAttemptError when a later attempt has claimed the training
   */
  async clear(): Promise<void> {
    await this.assertCurrent();
    for (const key of await this.stateKeys()) await this.store.remove(key);
  }

  private stateKeys(): Promise<ArtifactKey[]> {
    return this.store.list(`${this.folder}/states/`);
  }

  private async checkpoints(): Promise<StoredCheckpoint[]> {
    return (await this.stateKeys()).flatMap((key) => {
      const [, claim, step] = /\/(\d+)\/step-(\d+)\.json$/.exec(key) ?? [];
      return claim && step
        ? [{ claim: Number(claim), step: Number(step), key: key.slice(0, -MANIFEST.length) }]
        : [];
    });
  }

  private async removeFiles({ key }: StoredCheckpoint): Promise<void> {
    // Manifest first: bytes without a manifest are not a checkpoint.
    await this.store.remove(key + MANIFEST);
    await this.store.remove(key + BYTES);
  }

  /** Removes superseded and half-written checkpoints of this attempt and of earlier ones. */
  private async prune(): Promise<void> {
    const checkpoints = (await this.checkpoints())
      .filter((checkpoint) => checkpoint.claim <= this.claim)
      .sort(latestFirst);
    for (const checkpoint of checkpoints.slice(KEPT)) await this.removeFiles(checkpoint);
    const kept = new Set(checkpoints.slice(0, KEPT).map((checkpoint) => checkpoint.key + BYTES));
    for (const key of await this.stateKeys()) {
      const claim = Number(/\/(\d+)\/step-\d+\.bin$/.exec(key)?.[1] ?? Number.POSITIVE_INFINITY);
      if (claim <= this.claim && !kept.has(key)) await this.store.remove(key);
    }
  }
}
