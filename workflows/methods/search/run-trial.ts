import { rootCause } from '@temporalio/common';
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { SearchConfig } from '../../../domain/methods/search.js';
import { type TrialInput, type TrialResult, trialName } from '../../../domain/methods/search.js';
import { childId } from '../../../domain/protocol.js';
import { runChild } from '../../child-run.js';
import { isDamage } from '../../failure-type.js';
import type { RunContext } from '../../run-context.js';
import { type searchTrial, TRIAL_WORKFLOW } from './trial.js';

/**
 * Trains a trial to a rung as a child workflow. If the trial fails or is cancelled alone, the search continues without
 * it.
 * @throws the error of a damaged artifact
 */
export async function runTrial(
  run: RunContext<SearchConfig>,
  work: Pick<TrialInput, 'dataset' | 'trial' | 'steps'>,
  summary: string,
): Promise<TrialResult> {
  const { runId, config } = run;
  const { trial, steps } = work;
  try {
    const validation = await runChild<typeof searchTrial>(run, TRIAL_WORKFLOW, {
      workflowId: childId(runId, trialName(trial)),
      input: { runId, config, ...work },
      staticSummary: `trial ${trial} to step ${steps}: ${summary}`,
    });
    return { trial, validation };
  } catch (error) {
    if (CancellationScope.current().consideredCancelled || isDamage(error)) throw error;
    return isCancellation(error)
      ? { trial, end: 'cancelled', reason: 'it was cancelled' }
      : { trial, end: 'failed', reason: rootCause(error) ?? String(error) };
  }
}
