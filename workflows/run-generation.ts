import { ChildWorkflowCancellationType, ParentClosePolicy, startChild } from '@temporalio/workflow';
import { GENERATION_WORKFLOW, type GenerationOutcome, generationWorkflowId } from '../domain/protocol.js';
import type { TrainedModel } from '../domain/records.js';
import type { generation as generationWorkflow } from './generation.js';
import { resultInStep } from './keep-in-step.js';
import type { Prepared } from './prepare.js';
import type { RunState } from './run-state.js';

/** Runs a generation as a child workflow, which is paused and resumed with its run. */
export async function runGeneration(
  run: RunState,
  { dataset, from }: Prepared,
  generation: number,
  champion: TrainedModel | undefined,
): Promise<GenerationOutcome> {
  const { runId, config, pause } = run;
  const paused = pause.isOn;
  run.update({
    status: champion ? 'pseudo-labelling' : from ? 'judging' : 'training',
    current: { generation },
  });
  const child = await startChild<typeof generationWorkflow>(GENERATION_WORKFLOW, {
    workflowId: generationWorkflowId(runId, generation),
    args: [
      {
        ...{ runId, config, dataset, generation },
        ...(champion ? { teacher: champion, champion } : from && { from }),
        paused,
      },
    ],
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    // A run that is terminated leaves no training behind, but its checkpoint.
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    staticSummary: champion ? `student ${generation} of ${config.generations}` : 'teacher',
  });
  const result = await resultInStep(child, pause, paused);
  run.update({ status: 'judging', current: { generation, ...result } });
  return result;
}
