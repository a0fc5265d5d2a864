import { setImmediate } from 'node:timers/promises';

/** Await it between parts of a long computation, so that timers and messages run. It throws to stop the work. */
export type YieldToEventLoop = () => Promise<void>;

/** For short computations, and for callers that never stop them. */
export const NO_YIELD: YieldToEventLoop = async () => undefined;

/**
 * Returns a function that yields to the event loop and throws the signal's reason once that is aborted.
 * @param onYield reports progress at each yield
 */
export function eventLoopYielder(signal: AbortSignal | undefined, onYield?: () => void): YieldToEventLoop {
  return async () => {
    await setImmediate();
    signal?.throwIfAborted();
    onYield?.();
  };
}
