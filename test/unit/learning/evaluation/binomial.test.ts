import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomial } from '../../../../learning/evaluation/binomial.js';

const SHARES = [0.001, 0.05, 0.25, 0.5, 0.9, 0.95, 0.999];

/** scipy.stats.binom.ppf(SHARES, trials, probability) of SciPy 1.17.1 */
const EXPECTED = [
  [10, 0.3, [0, 1, 2, 3, 5, 5, 8]],
  [1000, 0.02, [8, 13, 17, 20, 26, 28, 35]],
  [100_000, 0.3, [29_553, 29_762, 29_902, 30_000, 30_186, 30_238, 30_448]],
  [5, 0.999, [4, 5, 5, 5, 5, 5, 5]],
  [1_000_000, 0.5, [498_455, 499_178, 499_663, 500_000, 500_641, 500_822, 501_545]],
] as const;

for (const [trials, probability, quantiles] of EXPECTED) {
  test(`quantiles of ${trials} trials of probability ${probability} are SciPy's`, () => {
    const { quantile } = binomial(trials, probability);
    assert.deepEqual(SHARES.map(quantile), [...quantiles]);
  });
}

test('certain and impossible successes, and no trials', () => {
  assert.equal(binomial(7, 0).quantile(0.9), 0);
  assert.equal(binomial(7, 1).quantile(0.1), 7);
  assert.equal(binomial(0, 0.5).quantile(0.999), 0);
});
