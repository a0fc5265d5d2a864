import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TrialResult } from '../../../../domain/methods/search.js';
import { planRungs, rankTrials, selectSurvivors } from '../../../../learning/search/rungs.js';

const worth = (trial: number, accuracy: number, loss = 1): TrialResult => ({
  trial,
  validation: { accuracy, loss },
});

/** Hyperband, Li et al. 2018 (JMLR 18), table 1: n_i and r_i of each bracket for R = 81 and eta = 3. */
const HYPERBAND = [
  { trials: [81, 27, 9, 3, 1], steps: [1, 3, 9, 27, 81] },
  { trials: [27, 9, 3, 1], steps: [3, 9, 27, 81] },
  { trials: [9, 3, 1], steps: [9, 27, 81] },
  { trials: [6, 2], steps: [27, 81] },
  { trials: [5], steps: [81] },
];

test('brackets equal those of the table in the paper', () => {
  for (const { trials, steps } of HYPERBAND) {
    const rungs = planRungs(trials[0]!, 81, { eta: 3, rungs: trials.length });
    assert.deepEqual(
      rungs,
      steps.map((step, rung) => ({ steps: step, trials: trials[rung]! })),
    );
  }
});

test('eta 2 halves the trials, rounding down, as in the first paper', () => {
  const rungs = planRungs(22, 160, { eta: 2, rungs: 5 });
  assert.deepEqual(
    rungs.map(({ trials }) => trials),
    [22, 11, 5, 2, 1],
  );
  assert.deepEqual(
    rungs.map(({ steps }) => steps),
    [10, 20, 40, 80, 160],
  );
});

test('every rung has at least one trial, and the last one trains to the end', () => {
  const rungs = planRungs(4, 600, { eta: 3, rungs: 4 });
  assert.deepEqual(
    rungs.map(({ trials }) => trials),
    [4, 1, 1, 1],
  );
  assert.deepEqual(
    rungs.map(({ steps }) => steps),
    [22, 67, 200, 600],
  );
});

test('the best trials advance; ties are broken by loss, then by number, regardless of the order of the results', () => {
  const results = [worth(1, 0.7), worth(2, 0.8, 2), worth(3, 0.8, 1), worth(4, 0.8, 2), worth(5, 0.9)];
  assert.deepEqual(rankTrials(results), [5, 3, 2, 4, 1]);
  assert.deepEqual(selectSurvivors(results, 3), [2, 3, 5]);
  assert.deepEqual(selectSurvivors([...results].reverse(), 3), [2, 3, 5]);
});

test('the base always advances without taking a place', () => {
  const results = [worth(0, 0.1), worth(1, 0.7), worth(2, 0.8), worth(3, 0.9)];
  assert.deepEqual(selectSurvivors(results, 2), [0, 2, 3]);
});

test('a failed trial never advances, not even into a free place; nor does a failed base', () => {
  const results: TrialResult[] = [
    { trial: 0, end: 'failed', reason: 'loss: received NaN' },
    worth(1, 0.2),
    { trial: 2, end: 'cancelled', reason: 'by a person' },
    worth(3, 0.3),
  ];
  assert.deepEqual(selectSurvivors(results, 3), [1, 3]);
  assert.deepEqual(selectSurvivors([results[0]!, results[2]!], 3), []);
});
