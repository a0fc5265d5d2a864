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
  /** Runs work that a pause cancels and resume starts again; a training continues from its checkpoint. */
  interruptible<T>(work: () => Promise<T>): Promise<T>;
}

/** Handles the signals pause and resume. */
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

/** A cancelled activity, or one that died after the cancel request: the server does not retry it. */
function isEndOfCancelled(error: unknown): boolean {
  return (
    isCancellation(error) || (error instanceof ActivityFailure && error.retryState === 'CANCEL_REQUESTED')
  );
}
