import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { YieldToEventLoop } from '../yield-to-event-loop.js';
import type { ComparedFeatures, Comparison } from './compare-features.js';

const THREAD = new URL('./compare-thread.js', import.meta.url);
const YIELD_INTERVAL_MS = 1000;

/**
 * Runs {@link compareFeatures} in a worker thread: eigenvalues of wide features take a minute, during which the caller
 * must still heartbeat.
 * @param yieldToEventLoop awaited every second; an error that it throws ends the comparison
 */
export async function compareInThread(
  comparison: Comparison,
  yieldToEventLoop: YieldToEventLoop,
): Promise<ComparedFeatures> {
  const thread = new Worker(THREAD, { workerData: comparison });
  const message: Promise<ComparedFeatures[]> = once(thread, 'message');
  // Avoids an unhandled rejection if `yieldToEventLoop` throws first; otherwise the race below rejects.
  message.catch(() => undefined);
  try {
    for (;;) {
      await yieldToEventLoop();
      const received = await Promise.race([
        message,
        setTimeout(YIELD_INTERVAL_MS, undefined, { ref: false }),
      ]);
      if (received) return received[0]!;
    }
  } finally {
    await thread.terminate();
  }
}
