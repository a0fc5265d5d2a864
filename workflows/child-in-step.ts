import {
  ChildWorkflowCancellationType,
  type ChildWorkflowOptions,
  ParentClosePolicy,
  startChild,
  type Workflow,
} from '@temporalio/workflow';
import { resultInStep } from './keep-in-step.js';
import type { Pause } from './pause.js';

interface Child<W extends Workflow> extends Pick<ChildWorkflowOptions, 'workflowId' | 'staticSummary'> {
  /** Its input but for whether it begins paused. */
  readonly input: Omit<Parameters<W>[0], 'paused'>;
  readonly onStarted?: () => void;
}

/** Runs a child workflow, which is paused, resumed and cancelled with its parent. */
export async function childInStep<W extends Workflow>(
  type: string,
  pause: Pause,
  { input, onStarted, ...options }: Child<W>,
): Promise<Awaited<ReturnType<W>>> {
  const paused = pause.isOn;
  const child = await startChild<Workflow>(type, {
    ...options,
    args: [{ ...input, paused }],
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    // A parent that is terminated leaves no training behind, but its checkpoint.
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
  });
  onStarted?.();
  return resultInStep(child, pause, paused);
}
