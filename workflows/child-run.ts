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
import type { Run } from './run-context.js';

interface Child<W extends Workflow>
  extends Required<Pick<ChildWorkflowOptions, 'workflowId' | 'staticSummary'>> {
  /** All of its input but whether it begins paused. */
  readonly input: Omit<Parameters<W>[0], 'paused'>;
}

/** Runs a child workflow, which is paused, resumed and cancelled with its run, and whose activities are shown with it. */
export async function runChild<W extends Workflow>(
  run: Pick<Run, 'pause' | 'addChild' | 'removeChild'>,
  type: string,
  { input, ...options }: Child<W>,
): Promise<Awaited<ReturnType<W>>> {
  const { pause } = run;
  const paused = pause.isOn;
  const child = await startChild<Workflow>(type, {
    ...options,
    args: [{ ...input, paused }],
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    // A run that is terminated leaves no training behind, but its checkpoint.
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
  });
  run.addChild(options.workflowId);
  try {
    return await resultInStep(child, pause, paused);
  } finally {
    run.removeChild(options.workflowId);
  }
}

/** @param paused whether the child began paused */
async function resultInStep<W extends Workflow>(
  child: ChildWorkflowHandle<W>,
  pause: Pause,
  paused: boolean,
): Promise<Awaited<ReturnType<W>>> {
  let isDone = false;
  const outcome = (child.result() as Promise<Awaited<ReturnType<W>>>).finally(() => {
    isDone = true;
  });
  // A cancelled run waits for its child, which waits for its training's checkpoint.
  const inStep = CancellationScope.nonCancellable(() => passPausesOn(child, pause, paused, () => isDone));
  const [result] = await Promise.all([outcome, inStep]);
  return result;
}

/** Passes every pause and resume on, until the child is done. */
async function passPausesOn<W extends Workflow>(
  child: ChildWorkflowHandle<W>,
  pause: Pause,
  initially: boolean,
  isDone: () => boolean,
): Promise<void> {
  for (let childPaused = initially; ; childPaused = !childPaused) {
    await condition(() => isDone() || pause.isOn !== childPaused);
    if (isDone()) return;
    try {
      await child.signal(childPaused ? resumeSignal : pauseSignal);
    } catch (error) {
      // A child that has just ended accepts no signal, and needs none.
      await condition(isDone, '1 minute');
      if (!isDone()) throw error;
    }
  }
}
