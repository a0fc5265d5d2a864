import { ApplicationFailure, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { CancelledFailure, TerminatedFailure } from '@temporalio/common';
import { RunCancelledError, RunFailedError } from './errors.js';

/** How a run ended. */
export interface Outcome<Report> {
  readonly status: 'completed' | 'cancelled' | 'failed';
  readonly report?: Report;
  readonly error?: string;
  /** Name of the error: `DataError`, `TrainingDivergedError`… */
  readonly errorType?: string;
}

/** @throws RunFailedError, RunCancelledError */
export async function waitForResult<Report>(handle: WorkflowHandle): Promise<Report> {
  try {
    return (await handle.result()) as Report;
  } catch (error) {
    throw runError(handle.workflowId, error);
  }
}

/** Returns the outcome of a run that has ended. */
export async function outcomeOf<Report>(handle: WorkflowHandle): Promise<Outcome<Report>> {
  try {
    return { status: 'completed', report: (await handle.result()) as Report };
  } catch (error) {
    const end = runError(handle.workflowId, error);
    if (end instanceof RunCancelledError) return { status: 'cancelled', error: end.message };
    if (!(end instanceof RunFailedError)) throw error;
    const root = rootOf(error as Error);
    const errorType = root instanceof ApplicationFailure ? root.type : undefined;
    return { status: 'failed', error: end.message, ...(errorType && { errorType }) };
  }
}

function runError(runId: string, error: unknown): unknown {
  if (!(error instanceof WorkflowFailedError)) return error;
  if (error.cause instanceof CancelledFailure) {
    return new RunCancelledError(`${runId}: the run was cancelled`, { cause: error });
  }
  if (error.cause instanceof TerminatedFailure) {
    return new RunCancelledError(`${runId}: the run was terminated`, { cause: error });
  }
  return new RunFailedError(`${runId}: ${rootOf(error).message}`, { cause: error });
}

/** Returns the root cause within the nested failures of workflows and activities. */
function rootOf(error: Error): Error {
  let root: Error = error;
  while (root.cause instanceof Error) {
    root = root.cause;
    // The causes of our own errors are for debugging only.
    if (root instanceof ApplicationFailure) break;
  }
  return root;
}
