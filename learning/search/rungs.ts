import type { HalvingConfig } from '../../domain/config/methods/search.js';

/** One round of successive halving. */
export interface Rung {
  /** How far its trials train, counted from their beginning. */
  readonly steps: number;
  /** How many trials are in it. */
  readonly trials: number;
}

/**
 * The rounds of successive halving (Jamieson and Talwalkar 2016, algorithm 1), with Hyperband's eta (Li et al. 2018,
 * algorithm 1): rung k has floor(trials / eta^k) trials, at least one, which train to steps / eta^(rungs - 1 - k).
 */
export function rungsOf(trials: number, steps: number, { eta, rungs }: HalvingConfig): readonly Rung[] {
  return Array.from({ length: rungs }, (_, rung) => ({
    steps: Math.round(steps / eta ** (rungs - 1 - rung)),
    // In integers as far as they go: 243 / 3^5 is not to be 0.99….
    trials: Math.max(1, Math.floor(trials / eta ** rung + 1e-9)),
  }));
}

/** What a trial was worth at a rung. */
export interface TrialResult {
  readonly trial: number;
  /** Absent where it failed, or was cancelled: it is out. */
  readonly validation?: { readonly accuracy: number; readonly loss: number };
}

/** Best first: by accuracy, then by the smaller loss, then by number. Those without a result are left out. */
export function ranked(results: readonly TrialResult[]): readonly number[] {
  return results
    .flatMap(({ trial, validation }) => (validation ? [{ trial, ...validation }] : []))
    .sort((a, b) => b.accuracy - a.accuracy || a.loss - b.loss || a.trial - b.trial)
    .map(({ trial }) => trial);
}

/**
 * The trials that go on to the next rung, in the order of their numbers. The base (trial 0) always does, without
 * taking the place of another: it is what the best is compared with. A trial without a result never does, so fewer
 * may go on than have a place.
 */
export function survivorsOf(results: readonly TrialResult[], places: number): readonly number[] {
  const others = ranked(results.filter(({ trial }) => trial !== 0)).slice(0, places);
  const base = results.filter(({ trial, validation }) => trial === 0 && validation).map(({ trial }) => trial);
  return [...base, ...others].sort((a, b) => a - b);
}
