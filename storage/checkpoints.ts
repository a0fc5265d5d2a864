import type { ArtifactStore } from '../domain/artifact-store.js';
import { ArtifactMissingError, CorruptArtifactError } from '../domain/errors.js';
import type { ArtifactKey } from '../domain/records.js';
import type { TrainingIdentity } from '../domain/training-plan.js';
import type { TrainingState } from '../domain/training-state.js';
import { assertCurrent, claimStep } from './checkpoints/claims.js';
import { manifest, packState, unpackState } from './checkpoints/pack-state.js';
import { encodeJson, readJson } from './json.js';
import { padded } from './numbered.js';

/** The last one, and the one before in case its bytes went bad. */
const KEPT = 2;
const MANIFEST = '.json';
const BYTES = '.bin';

interface Place {
  readonly claim: number;
  readonly step: number;
  /** Key without its ending. */
  readonly key: ArtifactKey;
}

/** Later steps first; of the same step, the later attempt's. */
const latestFirst = (a: Place, b: Place) => b.step - a.step || b.claim - a.claim;

/**
 * The checkpoints of one training, as one attempt at it sees them. It writes under its own claim only, and
 * not at all once a later attempt has claimed the training; it goes on from the best of all attempts.
 */
export class Checkpoints {
  private constructor(
    private readonly store: ArtifactStore,
    private readonly folder: ArtifactKey,
    readonly claim: number,
  ) {}

  /**
   * Takes the training over from all earlier attempts.
   * @throws ConfigurationError if earlier attempts were at another training, of another identity
   */
  static async claim(store: ArtifactStore, folder: ArtifactKey, identity: TrainingIdentity): Promise<Checkpoints> {
    return new Checkpoints(store, folder, await claimStep(store, folder, identity));
  }

  /** @throws StaleAttemptError when a later attempt has claimed the training. */
  assertCurrent(): Promise<void> {
    return assertCurrent(this.store, this.folder, this.claim);
  }

  /**
   * The state with the highest step whose bytes are whole; undefined where there is none. A broken one is
   * passed over, told, and removed.
   */
  async load(onBroken: (error: Error) => void): Promise<TrainingState | undefined> {
    for (const place of (await this.places()).sort(latestFirst)) {
      try {
        const described = await readJson(this.store, place.key + MANIFEST, manifest);
        return unpackState(described, await this.store.read(place.key + BYTES));
      } catch (error) {
        if (!(error instanceof CorruptArtifactError || error instanceof ArtifactMissingError)) throw error;
        onBroken(error);
        await this.assertCurrent();
        await this.removeAt(place);
      }
    }
    return undefined;
  }

  /**
   * Keeps a state, and of the others only the last before it.
   * @throws StaleAttemptError when a later attempt has claimed the training.
   */
  async save(state: TrainingState): Promise<void> {
    await this.assertCurrent();
    const { manifest: described, bytes } = packState(state);
    const key = `${this.folder}/states/${padded(this.claim)}/step-${padded(state.step)}`;
    await this.store.write(key + BYTES, bytes);
    await this.assertCurrent();
    await this.store.write(key + MANIFEST, encodeJson(described));
    await this.prune();
  }

  /**
   * Removes all states; the claims stay, so that an attempt taken over long ago still finds itself so.
   * @throws StaleAttemptError when a later attempt has claimed the training.
   */
  async clear(): Promise<void> {
    await this.assertCurrent();
    for (const key of await this.stateKeys()) await this.store.remove(key);
  }

  private stateKeys(): Promise<ArtifactKey[]> {
    return this.store.list(`${this.folder}/states/`);
  }

  private async places(): Promise<Place[]> {
    return (await this.stateKeys()).flatMap((key) => {
      const [, claim, step] = /\/(\d+)\/step-(\d+)\.json$/.exec(key) ?? [];
      return claim && step
        ? [{ claim: Number(claim), step: Number(step), key: key.slice(0, -MANIFEST.length) }]
        : [];
    });
  }

  private async removeAt({ key }: Place): Promise<void> {
    // The manifest first: bytes without one are no checkpoint.
    await this.store.remove(key + MANIFEST);
    await this.store.remove(key + BYTES);
  }

  /** Removes what is no longer needed of this attempt and earlier ones, half-written bytes too. */
  private async prune(): Promise<void> {
    const places = (await this.places()).filter((place) => place.claim <= this.claim).sort(latestFirst);
    for (const place of places.slice(KEPT)) await this.removeAt(place);
    const kept = new Set(places.slice(0, KEPT).map((place) => place.key + BYTES));
    for (const key of await this.stateKeys()) {
      const claim = Number(/\/(\d+)\/step-\d+\.bin$/.exec(key)?.[1] ?? Number.POSITIVE_INFINITY);
      if (claim <= this.claim && !kept.has(key)) await this.store.remove(key);
    }
  }
}
