import { ApplicationFailure } from '@temporalio/workflow';
import type { SearchConfig } from '../../domain/config/methods/search.js';
import { byWorth, type SearchPlan, type TrialResult } from '../../domain/methods/search.js';
import { percentText } from '../../domain/percent-text.js';
import { BY_IMAGE } from '../activities.js';
import { inLanes } from '../lanes.js';
import type { MethodRun } from './method-run.js';
import { runTrial } from './run-trial.js';
import type { SearchState } from './search-state.js';

/**
 * Trains the trials that are left of a rung, so many at once; when all of them have come to it, the better part goes
 * on. Begins no more once the history is long.
 */
export async function climb(
  run: MethodRun<SearchConfig>,
  plan: SearchPlan,
  state: SearchState,
  isLong: () => boolean,
): Promise<void> {
  const rung = state.records.length;
  const { steps } = plan.rungs[rung]!;
  const name = `rung ${rung + 1} of ${plan.rungs.length}: ${state.going.length} trials to step ${steps}`;
  await run.stage(
    name,
    async () => {
      await trainTrials(run, plan, state, steps, isLong);
      if (state.results.length === state.going.length) await close(run, state, rung, steps);
    },
    () => noteOf(plan, state, rung),
  );
}

/** What has come is kept, whatever comes of the others. */
async function trainTrials(
  run: MethodRun<SearchConfig>,
  plan: SearchPlan,
  state: SearchState,
  steps: number,
  isLong: () => boolean,
): Promise<void> {
  const { dataset, going } = state;
  const known = new Set(state.results.map(({ trial }) => trial));
  const left = going.filter((trial) => !known.has(trial));
  const train = async (trial: number) => {
    state.running = [...state.running, trial];
    try {
      const result = await runTrial(run, { dataset, trial, steps }, plan.texts[trial]!);
      // Looked up only now: others have come in the meantime.
      state.results = [...state.results, result];
    } finally {
      state.running = state.running.filter((other) => other !== trial);
    }
  };
  // Cancelled, it waits for the checkpoints of all that run.
  await inLanes(left, run.config.parallel, train, () => !isLong());
}

async function close(
  run: MethodRun<SearchConfig>,
  state: SearchState,
  rung: number,
  steps: number,
): Promise<void> {
  const { results } = state;
  const { survivors, finalists } = await run.quick(
    `see who goes on from rung ${rung + 1}`,
    (activities) => activities.closeRung({ ...run.input, rung, results }),
    BY_IMAGE,
  );
  if (survivors.length === 0) throw allFailed(results);
  state.records = [...state.records, { rung, steps, results, survivors }];
  state.going = survivors;
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

function noteOf({ texts }: SearchPlan, { records, results, going }: SearchState, rung: number): string {
  const record = records[rung];
  if (!record) return `${results.length} of ${going.length} so far`;
  const [best] = byWorth(record.results);
  return `best ${percentText(best!.accuracy)} (${texts[best!.trial]})`;
}
