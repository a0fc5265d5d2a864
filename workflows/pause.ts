import {
  ActivityFailure,
  CancellationScope,
  condition,
  defineSignal,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import { PAUSE_SIGNAL, RESUME_SIGNAL } from '../domain/protocol.js';

export const pauseSignal = defineSignal(PAUSE_SIGNAL);
export const resumeSignal = defineSignal(RESUME_SIGNAL);

export interface Pause {
  readonly isOn: boolean;
  /**
   * Runs work that may be interrupted and begun again. A pause cancels it, which makes a training write its
   * checkpoint; at resume it is begun anew and goes on from there.
   */
  interruptible<T>(work: () => Promise<T>): Promise<T>;
}

/** Listens to pause and resume. */
export function listenToPause(initially: boolean, onChange: () => void = () => undefined): Pause {
  let isOn = initially;
  const interrupts = new Set<() => void>();

  setHandler(pauseSignal, () => {
    isOn = true;
    for (const interrupt of interrupts) interrupt();
    onChange();
  });
  setHandler(resumeSignal, () => {
    isOn = false;
    onChange();
  });

  return {
    get isOn() {
      return isOn;
    },
    async interruptible(work) {
      for (;;) {
        await condition(() => !isOn);
        const scope = new CancellationScope();
        let isInterrupted = false;
        const interrupt = () => {
          isInterrupted = true;
          scope.cancel();
        };
        interrupts.add(interrupt);
        try {
          return await scope.run(work);
        } catch (error) {
          if (!isInterrupted || !isEndOfCancelled(error)) throw error;
        } finally {
          interrupts.delete(interrupt);
        }
      }
    },
  };
}

/** Cancelled, or lost while it was asked to end: the server tries that again no more. */
function isEndOfCancelled(error: unknown): boolean {
  return (
    isCancellation(error) || (error instanceof ActivityFailure && error.retryState === 'CANCEL_REQUESTED')
  );
}
