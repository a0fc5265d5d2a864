import { setImmediate } from 'node:timers/promises';

/** Awaited between parts of long arithmetic, so that others get a word in; what it throws ends the work. */
export type Breathe = () => Promise<void>;

/** For arithmetic that is short, or that nobody wants to stop. */
export const HOLDING_BREATH: Breathe = async () => undefined;

/** @param tell called at each breath: who waits for the work hears that it goes on */
export function breather(signal: AbortSignal | undefined, tell?: () => void): Breathe {
  return async () => {
    await setImmediate();
    signal?.throwIfAborted();
    tell?.();
  };
}
