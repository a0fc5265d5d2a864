import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { HandedOverError, StoreFullError, StoreGoneError } from '../domain/errors.js';
import { sortError } from '../domain/sort-error.js';

/** Someone must make space or mount a disk. Short, because they then wait for the run to go on. */
const RETRY_DELAY = '1 minute';
/** The SDK's reason for a cancellation when its worker ends. */
const WORKER_ENDS = 'WORKER_SHUTDOWN';

/** Sorts the errors that leave activities, see domain/sort-error.ts: Temporal and workflows decide by their names. */
export function sortFailures<Activities extends object>(activities: Activities): Activities {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...input: unknown[]) => {
      try {
        return await activity(...input);
      } catch (error) {
        throw failureOf(name, error);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}

function failureOf(name: string, error: unknown): Error {
  if (error instanceof CancelledFailure) {
    return error.message === WORKER_ENDS ? handedOver('this worker ends', error) : error;
  }
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof HandedOverError) return handedOver(error.message, error);
  const sorted = sortError(error, name);
  if (!(sorted instanceof StoreFullError || sorted instanceof StoreGoneError)) return sorted;
  return ApplicationFailure.create({
    message: sorted.message,
    type: sorted.name,
    nextRetryDelay: RETRY_DELAY,
    cause: sorted,
  });
}

/** Ends the activity; its workflow begins it anew, so that no attempt is lost. Benign: no failure in logs and metrics. */
function handedOver(message: string, cause: Error): ApplicationFailure {
  return ApplicationFailure.create({
    message,
    type: HandedOverError.name,
    nonRetryable: true,
    category: 'BENIGN',
    cause,
  });
}
