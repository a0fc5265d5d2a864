import type { ArtifactStore } from '../domain/artifact-store.js';
import type { ActivityProgress } from '../domain/records.js';

/** How far an activity is, as it knows itself; the total is that of its definition unless it says another. */
export type ReportedProgress = Partial<Omit<ActivityProgress, 'attempt' | 'activity'>>;

/** The services of an activity, beside its input. */
export interface ActivityContext {
  readonly store: ArtifactStore;
  /** When it aborts, the activity saves what it can and rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** To be called whenever work was really done. */
  report(progress: ReportedProgress): void;
}
