import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { RunInput } from '../domain/protocol.js';
import type { DatasetRecord, RunReport } from '../domain/records.js';
import type { RunState } from './run-state.js';

/** Between generations: goes on with an empty history, and all that the run has come to. */
export async function continueAsNewWhenLong(
  run: RunState,
  input: RunInput,
  dataset: DatasetRecord,
): Promise<void> {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  const limit = input.continueAsNewAfterEvents ?? Number.POSITIVE_INFINITY;
  if (!continueAsNewSuggested && historyLength <= limit) return;
  await condition(allHandlersFinished);
  const { generations, startedAt, pause } = run;
  await continueAsNew<(input: RunInput) => Promise<RunReport>>({
    ...input,
    continued: { generations, dataset, startedAt, paused: pause.isOn },
  });
}
