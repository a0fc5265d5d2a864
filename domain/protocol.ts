/** Names on the wire between clients, workflows and workers. */
import type { Decision } from './records.js';

/** Workflows and quick activities. */
export const ORCHESTRATION_QUEUE = 'apprentice';
/** Activities that need TensorFlow, a lot of memory, or the data. */
export const TRAINING_QUEUE = 'apprentice-training';

/** The workflow of every run; its id is the run's. */
export const RUN_WORKFLOW = 'run';

export const PROGRESS_QUERY = 'progress';
export const PAUSE_SIGNAL = 'pause';
export const RESUME_SIGNAL = 'resume';
/** Answers an open question of the gate; refused by its validator if none is open. */
export const DECIDE_UPDATE = 'decide';

export interface DecideInput extends Decision {
  /** The `about` of the question. */
  readonly about: string;
}

/** Search attributes, registered with the server by `apprentice up` and the workers. */
export const SEARCH_ATTRIBUTES = {
  status: { name: 'ApprenticeStatus', type: 'KEYWORD' },
  method: { name: 'ApprenticeMethod', type: 'KEYWORD' },
  stage: { name: 'ApprenticeStage', type: 'KEYWORD' },
  dataset: { name: 'ApprenticeDataset', type: 'KEYWORD' },
  accuracy: { name: 'ApprenticeAccuracy', type: 'DOUBLE' },
} as const;

/** The id of a child workflow: `RUN/generation-1`, `RUN/trial-3`. */
export function childId(runId: string, name: string): string {
  return `${runId}/${name}`;
}

/** The run that a workflow is, or is a part of. */
export function runIdOf(workflowId: string): string {
  return workflowId.split('/')[0]!;
}
