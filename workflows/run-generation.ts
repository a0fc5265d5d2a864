import { GENERATION_WORKFLOW, type GenerationOutcome, generationWorkflowId } from '../domain/protocol.js';
import type { TrainedModel } from '../domain/records.js';
import { childInStep } from './child-in-step.js';
import type { generation as generationWorkflow } from './generation.js';
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
  run.update({
    status: champion ? 'pseudo-labelling' : from ? 'judging' : 'training',
    current: { generation },
  });
  const outcome = await childInStep<typeof generationWorkflow>(GENERATION_WORKFLOW, pause, {
    workflowId: generationWorkflowId(runId, generation),
    input: {
      runId,
      config,
      dataset,
      generation,
      ...(champion ? { teacher: champion, champion } : from && { from }),
    },
    staticSummary: champion ? `student ${generation} of ${config.generations}` : 'teacher',
  });
  run.update({ status: 'judging', current: { generation, ...outcome } });
  return outcome;
}
