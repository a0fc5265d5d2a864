import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Breathe } from '../breath.js';
import type { ComparedFeatures, Comparison } from './compare-features.js';

const THREAD = new URL('./compare-thread.js', import.meta.url);
const BETWEEN_BREATHS_MS = 1000;

/**
 * {@link compareFeatures} in a thread of its own: eigenvalues of wide features take a minute in one go, and whoever waits
 * for them must be heard of meanwhile.
 * @param breathe awaited every second; what it throws ends it
 */
export async function compareInThread(comparison: Comparison, breathe: Breathe): Promise<ComparedFeatures> {
  const thread = new Worker(THREAD, { workerData: comparison });
  const answer: Promise<ComparedFeatures[]> = once(thread, 'message');
  // Who waits for it hears of it; when a breath ended the wait nobody does, and that is no crash.
  answer.catch(() => undefined);
  try {
    for (;;) {
      await breathe();
      const answered = await Promise.race([
        answer,
        setTimeout(BETWEEN_BREATHS_MS, undefined, { ref: false }),
      ]);
      if (answered) return answered[0]!;
    }
  } finally {
    await thread.terminate();
  }
}
