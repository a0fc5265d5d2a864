import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { classifyError } from '../domain/classify-error.js';
import { HandedOverError, StoreFullError, StoreGoneError } from '../domain/errors.js';
import { aroundActivities } from './around-activities.js';

/**
 * Someone must make space or mount a disk. At first short, because they then wait for the run to go on; later longer, so
 * that a hundred attempts leave them half a day.
 */
const RETRY_DELAY = { soon: '1 minute', later: '10 minutes' } as const;
const SOON_ATTEMPTS = 30;
/** The SDK's reason for a cancellation when its worker ends. */
const WORKER_ENDS = 'WORKER_SHUTDOWN';

/** Classifies the errors that leave activities, see domain/classify-error.ts: Temporal and workflows decide by their names. */
export function classifyFailures<Activities extends object>(
  activities: Activities,
  attempt: () => number = () => Context.current().info.attempt,
): Activities {
  return aroundActivities(activities, async (name, call) => {
    try {
      return await call();
    } catch (error) {
      throw failureOf(name, error, attempt());
    }
  });
}

function failureOf(name: string, error: unknown, attempt: number): Error {
  if (error instanceof CancelledFailure) {
    return error.message === WORKER_ENDS ? handedOver('this worker ends', error) : error;
  }
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof HandedOverError) return handedOver(error.message, error);
  const known = classifyError(error, name);
  if (!(known instanceof StoreFullError || known instanceof StoreGoneError)) return known;
  return ApplicationFailure.create({
    message: known.message,
    type: known.name,
    nextRetryDelay: attempt > SOON_ATTEMPTS ? RETRY_DELAY.later : RETRY_DELAY.soon,
    cause: known,
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
