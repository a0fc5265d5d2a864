import { setTimeout as sleep } from 'node:timers/promises';
import { NoWorkerError, ServerUnreachableError } from './errors.js';

const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 10_000;

/** Retries with growing delays while no server or no worker answers, or not in time. */
export async function retryWhileUnreachable<T>(
  work: () => Promise<T>,
  firstWaitMs = FIRST_WAIT_MS,
): Promise<T> {
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, MAX_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ServerUnreachableError || error instanceof NoWorkerError)) throw error;
      await sleep(wait);
    }
  }
}
