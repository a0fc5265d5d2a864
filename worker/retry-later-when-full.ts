import { ApplicationFailure } from '@temporalio/common';
import { StoreFullError } from '../domain/errors.js';

/** Someone must free disk space; a hundred attempts leave 16 hours for that. */
const RETRY_DELAY = '10 minutes';

/** Delays the retry of activities that fail because the store is full. */
export function retryLaterWhenFull<Activities extends object>(activities: Activities): Activities {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...input: unknown[]) => {
      try {
        return await activity(...input);
      } catch (error) {
        if (!(error instanceof StoreFullError)) throw error;
        throw ApplicationFailure.create({
          message: error.message,
          type: error.name,
          nextRetryDelay: RETRY_DELAY,
          cause: error,
        });
      }
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}
