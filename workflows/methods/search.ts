import type { SearchConfig } from '../../domain/config/methods/search.js';
import { type Finalist, type SearchReport, trialName } from '../../domain/methods/search.js';
import type { DatasetRecord } from '../../domain/records.js';
import { BY_IMAGE } from '../activities.js';
import { isLong } from '../is-long.js';
import { continueMethod } from './continue-method.js';
import { type MethodRun, method } from './method-run.js';
import { climb } from './search-rung.js';
import { beginning, progressOf, type SearchState } from './search-state.js';

/** A search for an augmentation policy by successive halving (Jamieson and Talwalkar 2016). */
export const search = method<SearchConfig, SearchReport>('search', async (run, input) => {
  const known = input.continued?.state as SearchState | undefined;
  const dataset = await run.prepareDataset(known?.dataset);
  const plan = await run.quick('draw the policies', (activities) =>
    activities.planSearch({ ...run.input, dataset }),
  );
  const state = known ?? beginning(dataset, plan);
  run.details = () => progressOf(plan, state);

  while (state.records.length < plan.rungs.length) {
    await climb(run, plan, state, () => isLong(input));
    if (state.records.length < plan.rungs.length && isLong(input)) await continueMethod(run, input, state);
  }

  const [best, base] = await Promise.all(state.finalists.map((finalist) => onTest(run, dataset, finalist)));
  const found = await run.quick(
    'compare the best with the base',
    (activities) => activities.concludeSearch({ ...run.input, dataset, best: best!, ...(base && { base }) }),
    BY_IMAGE,
  );
  return run.report<SearchReport>(found);
});

/** With what it is worth on the test images, where there are any: they choose nothing. */
async function onTest(run: MethodRun<SearchConfig>, dataset: DatasetRecord, finalist: Finalist) {
  if (dataset.counts.test === 0) return finalist;
  const { trial, modelKey } = finalist;
  const { evaluation } = await run.step(`measure trial ${trial} on test`, (activities) =>
    activities.measureModel({ ...run.input, dataset, modelKey, name: trialName(trial), split: 'test' }),
  );
  return { ...finalist, test: evaluation };
}
