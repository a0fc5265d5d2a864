import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, differenceText, signed } from '../../../../../bench/methods/report/compare.js';
import { resultLike } from '../../../../support/bench-result.js';

const results = (...accuracies: number[]) => accuracies.map((test, seed) => resultLike({ seed, test }));
const names = { method: 'FixMatch', baseline: 'Supervised' };

test('a gain above twice the standard error beats the baseline', () => {
  const verdict = compare({ ...names, ours: results(0.85, 0.86, 0.84), theirs: results(0.8, 0.81, 0.79) });
  assert.equal(verdict.outcome, 'beats');
  assert.deepEqual(
    verdict.differences.map((points) => points.toFixed(2)),
    ['5.00', '5.00', '5.00'],
  );
  assert.equal(differenceText(verdict), '+5.00 ± 0.00 points');
});

test('a smaller gain is within chance, of the seeds or of the test images', () => {
  const scattered = compare({ ...names, ours: results(0.9, 0.8, 0.81), theirs: results(0.8, 0.81, 0.8) });
  assert.equal(scattered.outcome, 'within chance');
  const alone = compare({ ...names, ours: results(0.81), theirs: results(0.8) });
  assert.equal(alone.outcome, 'within chance', 'one point on 5,000 images of one seed');
  const far = compare({ ...names, ours: results(0.84), theirs: results(0.8) });
  assert.equal(far.outcome, 'beats');
});

test('no gain does not beat the baseline, and missing results are not measured', () => {
  assert.equal(compare({ ...names, ours: results(0.79), theirs: results(0.8) }).outcome, 'does not beat');
  assert.equal(compare({ ...names, ours: results(0.8), theirs: results(0.8) }).outcome, 'does not beat');
  assert.equal(compare({ ...names, ours: [], theirs: results(0.8) }).outcome, 'not measured');
});

test('only common seeds are compared', () => {
  const [, second, third] = results(0.8, 0.85, 0.86);
  const verdict = compare({ ...names, ours: [second!, third!], theirs: results(0.8, 0.81) });
  assert.equal(verdict.differences.length, 1);
  assert.equal(differenceText(verdict), '+4.00 points');
});

test('differences have a typographic minus', () => {
  assert.deepEqual(
    [1.234, -1.234, 0].map((value) => signed(value)),
    ['+1.23', '−1.23', '0.00'],
  );
});
