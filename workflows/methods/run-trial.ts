import { rootCause } from '@temporalio/common';
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { SearchConfig } from '../../domain/config/methods/search.js';
import {
  TRIAL_WORKFLOW,
  type TrialInput,
  type TrialResult,
  type TrialWorth,
  trialWorkflowId,
} from '../../domain/methods/search.js';
import { childInStep } from '../child-in-step.js';
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
  return childInStep<typeof searchTrial>(TRIAL_WORKFLOW, pause, {
    workflowId,
    input: { runId, config, ...work },
    staticSummary: `trial ${work.trial} to step ${work.steps}: ${summary}`,
    onStarted: () => run.addChild(workflowId),
  });
}
