import type { SearchConfig } from '../../domain/methods/search.js';
import { type Finalist, type SearchReport, trialName } from '../../domain/methods/search.js';
import type { DatasetRecord } from '../../domain/records.js';
import { BY_IMAGE } from '../activity-calls.js';
import type { RunContext } from '../run-context.js';
import { runRung } from './search/rung.js';
import { initialState, progressOf, type SearchState } from './search/state.js';

/** Searches for an augmentation policy by successive halving (Jamieson and Talwalkar 2016). */
export async function search(run: RunContext<SearchConfig>, continued?: unknown): Promise<SearchReport> {
  const dataset = await run.prepareDataset();
  const plan = await run.orchestrator('draw the policies').planSearch({ ...run.input, dataset });
  const state = (continued as SearchState | undefined) ?? initialState(plan);
  run.showDetails(() => progressOf(plan, state));

  while (state.records.length < plan.rungs.length) {
    await runRung(run, dataset, plan, state);
    if (state.records.length < plan.rungs.length && run.isLong) await run.continueAsNew(state);
  }

  const [best, base] = await Promise.all(state.finalists.map((finalist) => onTest(run, dataset, finalist)));
  const found = await run
    .orchestrator('compare the best with the base', BY_IMAGE)
    .concludeSearch({ ...run.input, dataset, best: best!, ...(base && { base }) });
  return run.report<SearchReport>(found);
}

/** Adds the evaluation on the test images, if any. It does not influence the search. */
async function onTest(run: RunContext<SearchConfig>, dataset: DatasetRecord, finalist: Finalist) {
  if (dataset.counts.test === 0) return finalist;
  const { trial, modelKey } = finalist;
  const { evaluation } = await run.onTrainer(`measure trial ${trial} on test`, (trainer) =>
    trainer.measureModel({ runId: run.runId, dataset, modelKey, name: trialName(trial), split: 'test' }),
  );
  return { ...finalist, test: evaluation };
}
