import type { MethodHandle } from '../../client/methods/method-handle.js';
import type { MethodConfigInput } from '../../domain/method-types.js';
import type { SearchProgress } from '../../domain/methods/search.js';
import type { RunningApprentice } from './running-apprentice.js';

/** Four policies beside none: all for 10 steps, the better two, and the base, for 20. */
export function smallSearch({ config }: RunningApprentice): MethodConfigInput<'search'> {
  return {
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

/** Follows a search until it stands as wanted. */
export async function untilSearch(
  search: MethodHandle,
  isWanted: (details: SearchProgress) => boolean,
): Promise<void> {
  for await (const { progress } of search.follow({ intervalMs: 100, signal: AbortSignal.timeout(90_000) })) {
    const details = progress.details as SearchProgress | undefined;
    if (details && isWanted(details)) return;
  }
  throw new Error('the search never came so far');
}
