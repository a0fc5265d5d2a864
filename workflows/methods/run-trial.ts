import { rootCause } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  isCancellation,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import type { SearchConfig } from '../../domain/config/methods/search.js';
import {
  TRIAL_WORKFLOW,
  type TrialInput,
  type TrialResult,
  trialWorkflowId,
} from '../../domain/methods/search.js';
import { resultInStep } from '../keep-in-step.js';
import type { MethodRun } from './method-run.js';
import type { searchTrial } from './search-trial.js';

/**
 * Trains a trial to a rung as a child workflow, which is paused and resumed with its search. One that fails or is
 * cancelled alone is out, and the search goes on.
 */
export async function runTrial(
  run: MethodRun<SearchConfig>,
  work: Pick<TrialInput, 'dataset' | 'trial' | 'steps'>,
  summary: string,
): Promise<TrialResult> {
  const { runId, config, pause } = run;
  const { trial } = work;
  const workflowId = trialWorkflowId(runId, trial);
  const paused = pause.isOn;
  const child = await startChild<typeof searchTrial>(TRIAL_WORKFLOW, {
    workflowId,
    args: [{ runId, config, ...work, paused }],
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    // A search that is terminated leaves no training behind, but its checkpoint.
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    staticSummary: `trial ${trial} to step ${work.steps}: ${summary}`,
  });
  run.addChild(workflowId);
  try {
    return { trial, validation: await resultInStep(child, pause, paused) };
  } catch (error) {
    if (CancellationScope.current().consideredCancelled) throw error;
    return isCancellation(error)
      ? { trial, end: 'cancelled', reason: 'it was cancelled' }
      : { trial, end: 'failed', reason: rootCause(error) ?? String(error) };
  } finally {
    run.removeChild(workflowId);
  }
}
