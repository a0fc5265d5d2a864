import type { ArtifactStore } from '../domain/artifact-store.js';
import type { StepProgress } from '../domain/records.js';

/** How far a step is, as the step itself knows it; who runs it adds the attempt. */
export type ReportedProgress = Omit<StepProgress, 'attempt'>;

/** What a step is given beside its input. */
export interface StepContext {
  readonly store: ArtifactStore;
  /** When it aborts, the step saves what it can and rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Called whenever work was really done, and at the start. */
  report(progress: ReportedProgress): void;
}

/** What a step that runs is given. */
export interface RunningStep extends StepContext {
  /** Of the input as it came, before newer defaults were filled in: the same in every attempt. */
  readonly inputHash: string;
}
