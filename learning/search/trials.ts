import type { Rung, RungRecord, SearchTrial, TrialResult } from '../../domain/methods/search.js';

/** Returns the best trial of the last rung; undefined if every trial failed. */
function bestTrial(records: readonly RungRecord[]): number | undefined {
  return records.at(-1)?.survivors[0];
}

/**
 * Summarises every trial: its evaluations by rung and how it ended.
 * @param texts of the policies, by trial
 */
export function summarizeTrials(
  texts: readonly string[],
  records: readonly RungRecord[],
  rungs: readonly Rung[],
): readonly SearchTrial[] {
  const best = records.length === rungs.length ? bestTrial(records) : undefined;
  const byTrial = resultsByTrial(records);
  return texts.map((text, trial) => {
    const results = byTrial.get(trial) ?? [];
    const failure = results.find(({ result }) => 'end' in result)?.result;
    const evaluated = results.flatMap(({ steps, result }) =>
      'validation' in result ? [{ steps, ...result.validation }] : [],
    );
    const outcome = trial === best ? 'best' : evaluated.length < rungs.length ? 'stopped' : 'trained';
    return {
      trial,
      text,
      rungs: evaluated,
      end: failure && 'end' in failure ? failure.end : outcome,
      ...(failure && 'end' in failure && { reason: failure.reason }),
    };
  });
}

function resultsByTrial(records: readonly RungRecord[]) {
  const byTrial = new Map<number, { readonly steps: number; readonly result: TrialResult }[]>();
  for (const { steps, results } of records) {
    for (const result of results) {
      const earlier = byTrial.get(result.trial) ?? [];
      byTrial.set(result.trial, [...earlier, { steps, result }]);
    }
  }
  return byTrial;
}

/** Optimizer steps that the trials took, and would have taken without halving. */
export function stepsTaken(trials: readonly SearchTrial[], rungs: readonly Rung[]) {
  const taken = trials.reduce((sum, trial) => sum + (trial.rungs.at(-1)?.steps ?? 0), 0);
  return { taken, without: trials.length * (rungs.at(-1)?.steps ?? 0) };
}
