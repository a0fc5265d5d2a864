import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summaryOf } from '../../../../activities/search/summary.js';
import { augmentationConfig } from '../../../../domain/config/augmentation.js';
import type { SearchReport } from '../../../../domain/methods/search.js';

const augmentation = augmentationConfig.parse({});
const trials: SearchReport['trials'] = [
  {
    trial: 0,
    text: 'as training has it',
    rungs: [{ steps: 9, accuracy: 0.8, loss: 1 }],
    end: 'trained',
  },
  { trial: 1, text: 'no policy', rungs: [{ steps: 9, accuracy: 0.82, loss: 1 }], end: 'best' },
];
const verdict = {
  passes: true,
  reason: '',
  images: 100,
  championAccuracy: 0.8,
  challengerAccuracy: 0.82,
  difference: 0.02,
  interval: [0.005, 0.03] as const,
  confidence: 0.9,
  margin: 0,
};
const measured = (accuracy: number) => ({
  images: 50,
  accuracy,
  balancedAccuracy: accuracy,
  loss: 1,
  calibrationError: 0,
});
const best = { trial: 1, augmentation };

test('the summary gives a gain with its interval, and the gain on test', () => {
  assert.equal(
    summaryOf({ trials, best, verdict, test: { base: measured(0.81), best: measured(0.8) } }),
    'The best of 1 policy is no policy: 82.00% on validation, +2.00 points (+0.50 to +3.00 with 90%), optimistic, as it selected the best. On test: 80.00%, -1.00 points.',
  );
});

test('the summary says if a gain is within chance, and if the base is best or failed', () => {
  assert.match(
    summaryOf({ trials, best, verdict: { ...verdict, passes: false, interval: [-0.01, 0.05] } }),
    /\(-1\.00 to \+5\.00 with 90%\), not significantly different from the base\.$/,
  );
  assert.equal(
    summaryOf({ trials, best: { trial: 0, augmentation } }),
    'None of 1 policy was better than the base policy: 80.00% on validation.',
  );
  assert.match(summaryOf({ trials, best }), /82\.00% on validation; the base policy failed\.$/);
});
