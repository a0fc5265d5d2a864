import { setTimeout as sleep } from 'node:timers/promises';
import { ServerUnreachableError } from './errors.js';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;

/** Does it again, later and later, while the server can't be reached or is too busy to answer. */
export async function retryWhileUnreachable<T>(
  work: () => Promise<T>,
  firstWaitMs = FIRST_WAIT_MS,
): Promise<T> {
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ServerUnreachableError)) throw error;
      await sleep(wait);
    }
  }
}
