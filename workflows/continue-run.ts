import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import type { RunInput } from '../domain/protocol.js';
import type { DatasetRecord, RunReport } from '../domain/records.js';
import type { RunState } from './run-state.js';

/** Between generations: goes on with an empty history, and all that the run has come to. */
export async function continueRun(
  { generations, startedAt, pause }: RunState,
  input: RunInput,
  dataset: DatasetRecord,
): Promise<never> {
  await condition(allHandlersFinished);
  return continueAsNew<(input: RunInput) => Promise<RunReport>>({
    ...input,
    continued: { generations, dataset, startedAt, paused: pause.isOn },
  });
}
