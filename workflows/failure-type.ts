import { ApplicationFailure } from '@temporalio/workflow';
import { CorruptArtifactError } from '../domain/errors.js';

/** Name of the error with which an activity failed, of a child workflow too; empty for other errors. */
export function failureType(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure) return cause.type ?? '';
  }
  return '';
}

/** Whether it failed by a damaged artifact. Without that artifact the run might choose another model. */
export function isDamage(error: unknown): boolean {
  return failureType(error) === CorruptArtifactError.name;
}
