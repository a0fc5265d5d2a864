import type { Run } from '../../client/run.js';
import type { ConfigInputOf, DetailsOf } from '../../domain/methods.js';
import type { RunningApprentice } from './running-apprentice.js';

/** Four policies beside none: all for 10 steps, the better two, and the base, for 20. */
export function smallSearch({
  config,
}: RunningApprentice): ConfigInputOf<'search'> & { readonly method: 'search' } {
  return {
    method: 'search',
    name: 'policy',
    data: config.data,
    model: { kind: 'residual', width: 4, stages: 2 },
    training: {
      steps: 20,
      batchSize: 16,
      evaluations: 4,
      checkpointSeconds: 0,
      augmentation: { policy: { kind: 'none' } },
    },
    space: { kind: 'grid', numOps: [1, 3], magnitude: [5, 25] },
    halving: { eta: 2, rungs: 2 },
    parallel: 2,
    execution: { heartbeatSeconds: 8 },
  };
}

/** Follows a search until its details are as wanted. */
export async function untilSearch(
  search: Run<'search'>,
  isWanted: (details: DetailsOf<'search'>) => boolean,
): Promise<void> {
  for await (const { progress } of search.follow({ intervalMs: 100, signal: AbortSignal.timeout(90_000) })) {
    const { details } = progress;
    if (details && isWanted(details)) return;
  }
  throw new Error('the search ended or timed out before its details were as wanted');
}
