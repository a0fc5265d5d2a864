import { ApplicationFailure } from '@temporalio/workflow';
import type { SearchConfig } from '../../../domain/methods/search.js';
import { byAccuracy, type SearchPlan, type TrialResult } from '../../../domain/methods/search.js';
import { percentText } from '../../../domain/quantities.js';
import type { DatasetRecord } from '../../../domain/records.js';
import { BY_IMAGE } from '../../activity-calls.js';
import { inLanes } from '../../lanes.js';
import type { RunContext } from '../../run-context.js';
import { runTrial } from './run-trial.js';
import type { SearchState } from './state.js';

/**
 * Trains the remaining trials of a rung, `parallel` at once, and closes the rung when all have a result. Starts no more
 * trials once the workflow's history is long.
 */
export async function runRung(
  run: RunContext<SearchConfig>,
  dataset: DatasetRecord,
  plan: SearchPlan,
  state: SearchState,
): Promise<void> {
  const rung = state.records.length;
  const { steps } = plan.rungs[rung]!;
  const name = `rung ${rung + 1} of ${plan.rungs.length}: ${state.trials.length} trials to step ${steps}`;
  await run.stage(
    name,
    async () => {
      await trainTrials(run, dataset, plan, state, steps);
      if (state.results.length === state.trials.length) await close(run, state, rung, steps);
    },
    () => noteOf(plan, state, rung),
  );
}

/** Records each result in the state as soon as it is known. */
async function trainTrials(
  run: RunContext<SearchConfig>,
  dataset: DatasetRecord,
  plan: SearchPlan,
  state: SearchState,
  steps: number,
): Promise<void> {
  const { trials } = state;
  const done = new Set(state.results.map(({ trial }) => trial));
  const remaining = trials.filter((trial) => !done.has(trial));
  const train = async (trial: number) => {
    state.running = [...state.running, trial];
    try {
      const result = await runTrial(run, { dataset, trial, steps }, plan.texts[trial]!);
      // Read the state after the await: other trials have added results.
      state.results = [...state.results, result];
    } finally {
      state.running = state.running.filter((other) => other !== trial);
    }
  };
  // If cancelled, waits for the checkpoints of all running trials.
  await inLanes(remaining, run.config.parallel, train, { mayBegin: () => !run.isLong });
}

async function close(
  run: RunContext<SearchConfig>,
  state: SearchState,
  rung: number,
  steps: number,
): Promise<void> {
  const { results } = state;
  const { survivors, finalists } = await run
    .orchestrator(`close rung ${rung + 1}`, BY_IMAGE)
    .closeRung({ ...run.input, rung, results });
  if (survivors.length === 0) throw allFailed(results);
  state.records = [...state.records, { rung, steps, results, survivors }];
  state.trials = survivors;
  state.results = [];
  state.finalists = finalists;
}

function allFailed(results: readonly TrialResult[]): ApplicationFailure {
  const [first] = results.flatMap((result) => ('end' in result ? [result.reason] : []));
  return ApplicationFailure.nonRetryable(
    `every trial of the search failed, the first: ${first}`,
    'ModelError',
  );
}

function noteOf({ texts }: SearchPlan, { records, results, trials }: SearchState, rung: number): string {
  const record = records[rung];
  if (!record) return `${results.length} of ${trials.length} so far`;
  const [best] = byAccuracy(record.results);
  return `best ${percentText(best!.accuracy)} (${texts[best!.trial]})`;
}
