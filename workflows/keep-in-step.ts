import { CancellationScope, type ChildWorkflowHandle, condition, type Workflow } from '@temporalio/workflow';
import { type Pause, pauseSignal, resumeSignal } from './pause.js';

/**
 * The result of a child workflow that is paused and resumed with its parent.
 * @param paused whether the child was begun paused
 */
export async function resultInStep<W extends Workflow>(
  child: ChildWorkflowHandle<W>,
  pause: Pause,
  paused: boolean,
): Promise<Awaited<ReturnType<W>>> {
  let isDone = false;
  const outcome = (child.result() as Promise<Awaited<ReturnType<W>>>).finally(() => {
    isDone = true;
  });
  // Cancelled, the parent waits for its child, which waits for its training's checkpoint.
  const inStep = CancellationScope.nonCancellable(() => keepInStep(child, pause, paused, () => isDone));
  const [result] = await Promise.all([outcome, inStep]);
  return result;
}

/** Hands every pause and resume on, until the child is done. */
async function keepInStep<W extends Workflow>(
  child: ChildWorkflowHandle<W>,
  pause: Pause,
  initially: boolean,
  isDone: () => boolean,
): Promise<void> {
  for (let told = initially; ; told = !told) {
    await condition(() => isDone() || pause.isOn !== told);
    if (isDone()) return;
    try {
      await child.signal(told ? resumeSignal : pauseSignal);
    } catch (error) {
      // One that has just ended can't be told, and needn't be.
      await condition(isDone, '1 minute');
      if (!isDone()) throw error;
    }
  }
}
