import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';

/** Name of the error with which an activity failed; empty for other errors. */
export function failureType(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  return (cause instanceof ApplicationFailure && cause.type) || '';
}
