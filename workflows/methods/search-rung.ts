import { ApplicationFailure } from '@temporalio/workflow';
import type { SearchConfig } from '../../domain/config/methods/search.js';
import type { SearchPlan, TrialResult } from '../../domain/methods/search.js';
import { BY_IMAGE } from '../activities.js';
import type { MethodRun } from './method-run.js';
import { runTrial } from './run-trial.js';
import type { SearchState } from './search-state.js';

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

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

async function trainTrials(
  run: MethodRun<SearchConfig>,
  plan: SearchPlan,
  state: SearchState,
  steps: number,
  isLong: () => boolean,
): Promise<void> {
  const known = new Set(state.results.map(({ trial }) => trial));
  const waiting = state.going.filter((trial) => !known.has(trial));
  const lane = async () => {
    // At least one, however short a history may be: else it would never get on.
    for (let first = true; waiting.length > 0 && (first || !isLong()); first = false) {
      const trial = waiting.shift()!;
      state.running = [...state.running, trial];
      try {
        const work = { dataset: state.dataset, trial, steps };
        state.results = [...state.results, await runTrial(run, work, plan.texts[trial]!)];
      } finally {
        state.running = state.running.filter((other) => other !== trial);
      }
    }
  };
  const lanes = Array.from({ length: Math.min(run.config.parallel, waiting.length) }, lane);
  // Cancelled, it waits for the checkpoints of all that run, not of the first alone.
  const ended = await Promise.allSettled(lanes);
  const failure = ended.find((end) => end.status === 'rejected');
  if (failure) throw failure.reason;
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
  const [best] = record.results
    .flatMap((result) => ('validation' in result ? [{ ...result.validation, trial: result.trial }] : []))
    .sort((a, b) => b.accuracy - a.accuracy || a.loss - b.loss || a.trial - b.trial);
  return `best ${percent(best!.accuracy)} (${texts[best!.trial]})`;
}
