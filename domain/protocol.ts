/** Names that clients, workflows and workers share. */
import type { Decision } from './records.js';

/**
 * The task queues of one store. Their names carry its id, so that a worker never gets a task whose artifacts are in a
 * store that it does not have.
 */
export interface Queues {
  /** Of workflows and quick activities. */
  readonly orchestration: string;
  /** Of activities that need TensorFlow, much memory, or the data. */
  readonly training: string;
}

const QUEUE_PREFIX = 'apprentice-';

export function queuesOf(storeId: string): Queues {
  const orchestration = `${QUEUE_PREFIX}${storeId}`;
  return { orchestration, training: trainingQueueOf(orchestration) };
}

/** @param orchestrationQueue of a workflow, which has its activities done with the same store */
export function trainingQueueOf(orchestrationQueue: string): string {
  return `${orchestrationQueue}-training`;
}

/** @param orchestrationQueue of a run */
export function storeIdOf(orchestrationQueue: string): string {
  return orchestrationQueue.slice(QUEUE_PREFIX.length);
}

/** The workflow type of every run; the workflow id is the run id. */
export const RUN_WORKFLOW = 'run';

export const PROGRESS_QUERY = 'progress';
export const PAUSE_SIGNAL = 'pause';
export const RESUME_SIGNAL = 'resume';
/** Answers an open question of the gate; refused if none is open. */
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

/** The run of a workflow: its own id, or its parent's. */
export function runIdOf(workflowId: string): string {
  return workflowId.split('/')[0]!;
}
