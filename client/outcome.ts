import { ApplicationFailure, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { CancelledFailure, TerminatedFailure } from '@temporalio/common';
import { RunCancelledError, RunFailedError } from './errors.js';

/** How a run ended. */
export interface Outcome<Report> {
  readonly status: 'completed' | 'cancelled' | 'failed';
  readonly report?: Report;
  readonly error?: string;
  /** Name of the error that it failed by: `DataError`, `TrainingDivergedError`… */
  readonly errorType?: string;
}

/** @throws RunFailedError, RunCancelledError */
export async function waitForResult<Report>(handle: WorkflowHandle): Promise<Report> {
  try {
    return (await handle.result()) as Report;
  } catch (error) {
    throw endOf(handle.workflowId, error);
  }
}

/** How a run that has ended did; doesn't wait for one that hasn't. */
export async function outcomeOf<Report>(handle: WorkflowHandle): Promise<Outcome<Report>> {
  try {
    return { status: 'completed', report: (await handle.result()) as Report };
  } catch (error) {
    const end = endOf(handle.workflowId, error);
    if (end instanceof RunCancelledError) return { status: 'cancelled', error: end.message };
    if (end instanceof RunFailedError) return failed(end);
    throw error;
  }
}

function endOf(runId: string, error: unknown): unknown {
  if (!(error instanceof WorkflowFailedError)) return error;
  if (error.cause instanceof CancelledFailure) {
    return new RunCancelledError(`${runId}: the run was cancelled`, { cause: error });
  }
  if (error.cause instanceof TerminatedFailure) {
    return new RunCancelledError(`${runId}: the run was terminated`, { cause: error });
  }
  return new RunFailedError(`${runId}: ${rootOf(error).message}`, { cause: error });
}

function failed(end: RunFailedError) {
  const root = end.cause instanceof Error ? rootOf(end.cause) : undefined;
  const errorType = root instanceof ApplicationFailure ? root.type : undefined;
  return { status: 'failed', error: end.message, ...(errorType && { errorType }) } as const;
}

/** What went wrong first, under all the workflows and activities it came up through. */
function rootOf(error: Error): Error {
  let root: Error = error;
  while (root.cause instanceof Error) {
    root = root.cause;
    // The cause of one of our errors is for programmers.
    if (root instanceof ApplicationFailure) break;
  }
  return root;
}
