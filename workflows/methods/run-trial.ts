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
  type TrialWorth,
  trialWorkflowId,
} from '../../domain/methods/search.js';
import { resultInStep } from '../keep-in-step.js';
import type { MethodRun } from './method-run.js';
import type { searchTrial } from './search-trial.js';

/**
 * Trains a trial to a rung as a child workflow, which is paused and resumed with its search. One that can't be started,
 * fails or is cancelled alone is out, and the search goes on.
 */
export async function runTrial(
  run: MethodRun<SearchConfig>,
  work: Pick<TrialInput, 'dataset' | 'trial' | 'steps'>,
  summary: string,
): Promise<TrialResult> {
  const { trial } = work;
  const workflowId = trialWorkflowId(run.runId, trial);
  try {
    return { trial, validation: await trained(run, work, { workflowId, summary }) };
  } catch (error) {
    if (CancellationScope.current().consideredCancelled) throw error;
    return isCancellation(error)
      ? { trial, end: 'cancelled', reason: 'it was cancelled' }
      : { trial, end: 'failed', reason: rootCause(error) ?? String(error) };
  } finally {
    run.removeChild(workflowId);
  }
}

async function trained(
  run: MethodRun<SearchConfig>,
  work: Pick<TrialInput, 'dataset' | 'trial' | 'steps'>,
  { workflowId, summary }: { readonly workflowId: string; readonly summary: string },
): Promise<TrialWorth> {
  const { runId, config, pause } = run;
  const paused = pause.isOn;
  const child = await startChild<typeof searchTrial>(TRIAL_WORKFLOW, {
    workflowId,
    args: [{ runId, config, ...work, paused }],
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    // A search that is terminated leaves no training behind, but its checkpoint.
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    staticSummary: `trial ${work.trial} to step ${work.steps}: ${summary}`,
  });
  run.addChild(workflowId);
  return resultInStep(child, pause, paused);
}
