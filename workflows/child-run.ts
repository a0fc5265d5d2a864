import {
  CancellationScope,
  ChildWorkflowCancellationType,
  type ChildWorkflowHandle,
  type ChildWorkflowOptions,
  condition,
  ParentClosePolicy,
  startChild,
  type Workflow,
} from '@temporalio/workflow';
import { type Pause, pauseSignal, resumeSignal } from './pause.js';
import type { RunContext } from './run-context.js';

interface Child<W extends Workflow>
  extends Required<Pick<ChildWorkflowOptions, 'workflowId' | 'staticSummary'>> {
  readonly input: Omit<Parameters<W>[0], 'paused'>;
}

/** Runs a child workflow. Pause, resume and cancel of the run reach it; its activities are shown with the run's. */
export async function runChild<W extends Workflow>(
  run: Pick<RunContext, 'pause' | 'addChild' | 'removeChild'>,
  type: string,
  { input, ...options }: Child<W>,
): Promise<Awaited<ReturnType<W>>> {
  const { pause } = run;
  const paused = pause.isOn;
  const child = await startChild<Workflow>(type, {
    ...options,
    args: [{ ...input, paused }],
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    // If the run is terminated, its trainings write a checkpoint and stop.
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
  });
  run.addChild(options.workflowId);
  try {
    let isDone = false;
    const outcome = (child.result() as Promise<Awaited<ReturnType<W>>>).finally(() => {
      isDone = true;
    });
    // A cancelled run waits for its child, which waits for its training's checkpoint.
    const forwarding = CancellationScope.nonCancellable(() =>
      forwardPauses(child, pause, paused, () => isDone),
    );
    const [result] = await Promise.all([outcome, forwarding]);
    return result;
  } finally {
    run.removeChild(options.workflowId);
  }
}

/** Forwards each pause and resume until the child is done. */
async function forwardPauses(
  child: ChildWorkflowHandle<Workflow>,
  pause: Pause,
  startedPaused: boolean,
  isDone: () => boolean,
): Promise<void> {
  for (let childPaused = startedPaused; ; childPaused = !childPaused) {
    await condition(() => isDone() || pause.isOn !== childPaused);
    if (isDone()) return;
    try {
      await child.signal(childPaused ? resumeSignal : pauseSignal);
    } catch (error) {
      // A child that has just ended accepts no signals.
      await condition(isDone, '1 minute');
      if (!isDone()) throw error;
    }
  }
}
