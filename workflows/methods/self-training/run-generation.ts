import {
  type GenerationOutcome,
  generationFolder,
  generationName,
  type SelfTrainingConfig,
} from '../../../domain/methods/self-training.js';
import { childId } from '../../../domain/protocol.js';
import type { DatasetRecord, OpenedModel, TrainedModel } from '../../../domain/records.js';
import { runChild } from '../../child-run.js';
import type { RunContext } from '../../run-context.js';
import { GENERATION_WORKFLOW, type generation as generationWorkflow } from './generation.js';

/** Runs a generation as a child workflow, so that its shards do not fill the run's history. */
export function runGeneration(
  run: RunContext<SelfTrainingConfig>,
  dataset: DatasetRecord,
  generation: number,
  teacher: TrainedModel | OpenedModel | undefined,
): Promise<GenerationOutcome> {
  const { runId, config } = run;
  const isTrained = teacher !== undefined && 'validation' in teacher;
  return runChild<typeof generationWorkflow>(run, GENERATION_WORKFLOW, {
    workflowId: childId(runId, generationFolder(generation)),
    input: {
      runId,
      config,
      dataset,
      generation,
      ...(isTrained ? { champion: teacher } : teacher && { from: teacher }),
    },
    staticSummary: generationName(generation),
  });
}
