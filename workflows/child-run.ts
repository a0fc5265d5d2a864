import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  type ChildWorkflowHandle,
  type ChildWorkflowOptions,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  ParentClosePolicy,
  sleep,
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
  run.addChild(options.workflowId);
  try {
    let paused = pause.isOn;
    const child = await afterItsPredecessor(options.workflowId, () => {
      paused = pause.isOn;
      return startChild<Workflow>(type, {
        ...options,
        args: [{ ...input, paused }],
        cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        // If the run is terminated, its trainings write a checkpoint and stop.
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      });
    });
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

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

/**
 * Starts a child as soon as its id is free. A child of an earlier start of this run, which was terminated or reset, may
 * still be writing its checkpoint and records; this one must not work beside it.
 */
async function afterItsPredecessor<T>(workflowId: string, start: () => Promise<T>): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    if (wait === FIRST_WAIT_MS) await askToEnd(workflowId);
    await sleep(wait);
  }
}

async function askToEnd(workflowId: string): Promise<void> {
  log.warn(`waits for the end of ${workflowId}, which an earlier start of this run has left at work`);
  try {
    await getExternalWorkflowHandle(workflowId).cancel();
  } catch (error) {
    if (isCancellation(error)) throw error;
    // It has just ended.
    log.debug(`${workflowId} could not be cancelled: ${error}`);
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
