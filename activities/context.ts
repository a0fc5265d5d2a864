import type { ArtifactStore } from '../domain/artifact-store.js';
import type { ActivityProgress } from '../domain/records.js';

/** Progress as reported by an activity; `total` defaults to that of its definition. */
export type ReportedProgress = Partial<Omit<ActivityProgress, 'attempt' | 'activity'>>;

/** The services that an activity gets besides its input. */
export interface ActivityContext {
  readonly store: ArtifactStore;
  /** On abort, the activity saves its state and rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Threads of TensorFlow in this process: the same in all steps of a run. */
  readonly threads: number;
  /** Call after real work only, never by a timer: heartbeats follow from it. */
  report(progress: ReportedProgress): void;
}
