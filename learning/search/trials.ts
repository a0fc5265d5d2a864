import type { Rung, RungRecord, SearchTrial, TrialResult } from '../../domain/methods/search.js';

/** The last rung's best; undefined where every trial failed. */
export function bestTrial(records: readonly RungRecord[]): number | undefined {
  return records.at(-1)?.survivors[0];
}

/**
 * Every trial with all that became of it.
 * @param texts of the policies, by trial
 */
export function summarizeTrials(
  texts: readonly string[],
  records: readonly RungRecord[],
  rungs: readonly Rung[],
): readonly SearchTrial[] {
  const best = records.length === rungs.length ? bestTrial(records) : undefined;
  const of = resultsByTrial(records);
  return texts.map((text, trial) => {
    const results = of.get(trial) ?? [];
    const out = results.find(({ result }) => 'end' in result)?.result;
    const came = results.flatMap(({ steps, result }) =>
      'validation' in result ? [{ steps, ...result.validation }] : [],
    );
    const inTheEnd = trial === best ? 'best' : came.length < rungs.length ? 'stopped' : 'trained';
    return {
      trial,
      text,
      rungs: came,
      end: out && 'end' in out ? out.end : inTheEnd,
      ...(out && 'end' in out && { reason: out.reason }),
    };
  });
}

function resultsByTrial(records: readonly RungRecord[]) {
  const of = new Map<number, { readonly steps: number; readonly result: TrialResult }[]>();
  for (const { steps, results } of records) {
    for (const result of results) {
      const earlier = of.get(result.trial) ?? [];
      of.set(result.trial, [...earlier, { steps, result }]);
    }
  }
  return of;
}

/** Optimizer steps that the trials took, and what they would have taken without halving. */
export function stepsTaken(trials: readonly SearchTrial[], rungs: readonly Rung[]) {
  const taken = trials.reduce((sum, trial) => sum + (trial.rungs.at(-1)?.steps ?? 0), 0);
  return { taken, without: trials.length * (rungs.at(-1)?.steps ?? 0) };
}
