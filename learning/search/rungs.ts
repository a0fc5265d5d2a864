import type { HalvingConfig } from '../../domain/methods/search.js';
import { byAccuracy, type Rung, type TrialResult } from '../../domain/methods/search.js';

/**
 * Plans the rounds of successive halving (Jamieson and Talwalkar 2016, algorithm 1), with Hyperband's eta (Li et al.
 * 2018, algorithm 1): rung k has floor(trials / eta^k) trials, at least one, which train to step
 * steps / eta^(rungs - 1 - k).
 */
export function planRungs(trials: number, steps: number, { eta, rungs }: HalvingConfig): readonly Rung[] {
  return Array.from({ length: rungs }, (_, rung) => ({
    steps: Math.round(steps / eta ** (rungs - 1 - rung)),
    trials: Math.max(1, Math.floor(trials / eta ** rung)),
  }));
}

/** Returns trial numbers, best first, see {@link byAccuracy}. */
export function rankTrials(results: readonly TrialResult[]): readonly number[] {
  return byAccuracy(results).map(({ trial }) => trial);
}

/**
 * Returns the trials that advance to a rung with `places` places, in ascending order. The base (trial 0) always
 * advances and takes no place, because the best trial is compared with it. Failed trials never advance, so places may
 * stay empty.
 */
export function selectSurvivors(results: readonly TrialResult[], places: number): readonly number[] {
  const inOrder = rankTrials(results);
  const others = inOrder.filter((trial) => trial !== 0).slice(0, places);
  return inOrder.filter((trial) => trial === 0 || others.includes(trial)).sort((a, b) => a - b);
}
