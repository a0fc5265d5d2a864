import {
  CancellationScope,
  ChildWorkflowCancellationType,
  type ChildWorkflowHandle,
  condition,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import { GENERATION_WORKFLOW, type GenerationOutcome, generationWorkflowId } from '../domain/protocol.js';
import type { DatasetRecord, TrainedModel } from '../domain/records.js';
import type { generation as generationWorkflow } from './generation.js';
import { pauseSignal, resumeSignal } from './pause.js';
import type { RunState } from './run-state.js';

/** Runs a generation as a child workflow, which is paused and resumed with its run. */
export async function runGeneration(
  run: RunState,
  dataset: DatasetRecord,
  generation: number,
  champion: TrainedModel | undefined,
): Promise<GenerationOutcome> {
  const { runId, config, pause } = run;
  const paused = pause.isOn;
  run.update({
    status: champion ? 'pseudo-labelling' : 'training',
    current: { generation },
  });
  const child = await startChild<typeof generationWorkflow>(GENERATION_WORKFLOW, {
    workflowId: generationWorkflowId(runId, generation),
    args: [{ runId, config, dataset, generation, ...(champion && { teacher: champion, champion }), paused }],
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    // A run that is terminated leaves no training behind, but its checkpoint.
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    staticSummary: champion ? `student ${generation} of ${config.generations}` : 'teacher',
  });
  let isDone = false;
  const outcome = child.result().finally(() => {
    isDone = true;
  });
  // Cancelled, the run waits for its child, which waits for its training's checkpoint.
  const inStep = CancellationScope.nonCancellable(() => keepInStep(run, child, paused, () => isDone));
  const [result] = await Promise.all([outcome, inStep]);
  run.update({ status: 'judging', current: { generation, ...result } });
  return result;
}

/** Hands every pause and resume on, until the child is done. */
async function keepInStep(
  { pause }: RunState,
  child: ChildWorkflowHandle<typeof generationWorkflow>,
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
