import type { Result } from '../../bench/methods/results.js';

/** A result of the bench of methods with these figures. */
export function resultLike(figures: Partial<Result>): Result {
  const { experiment = 'budgets', method = 'lee', labels = 10, seed = 0 } = figures;
  return {
    cell: `${experiment}/${method}/${labels}/seed-${seed}`,
    hash: 'aa',
    experiment,
    method,
    labels,
    seed,
    steps: 100,
    validation: 0.8,
    test: 0.8,
    seconds: 10,
    commit: 'abc1234',
    machine: '2 cores',
    measuredAt: '2026-01-02T03:04:05.000Z',
    more: { testImages: 5000, parameters: 78_042, calibrationError: 0.02 },
    ...figures,
  };
}
