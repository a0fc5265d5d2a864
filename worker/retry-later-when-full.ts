import { ApplicationFailure } from '@temporalio/common';
import { StoreFullError } from '../domain/errors.js';

/** A full disk waits for a person: with a hundred attempts there is a night to make space. */
const NEXT_TRY = '10 minutes';

/** The same activities; the next try of one that found the store full is put off. */
export function retryLaterWhenFull<Activities extends object>(activities: Activities): Activities {
  const patient = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...input: unknown[]) => {
      try {
        return await activity(...input);
      } catch (error) {
        if (!(error instanceof StoreFullError)) throw error;
        throw ApplicationFailure.create({
          message: error.message,
          type: error.name,
          nextRetryDelay: NEXT_TRY,
          cause: error,
        });
      }
    },
  ]);
  return Object.fromEntries(patient) as Activities;
}
