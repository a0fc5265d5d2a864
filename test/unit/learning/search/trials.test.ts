import assert from 'node:assert/strict';
import { test } from 'node:test';
import { augmentationConfig } from '../../../../domain/config/augmentation.js';
import type { RungRecord, TrialResult } from '../../../../domain/methods/search.js';
import { policyText, policyTexts } from '../../../../learning/search/policy-text.js';
import { stepsTaken, summarizeTrials } from '../../../../learning/search/trials.js';

const worth = (trial: number, accuracy: number): TrialResult => ({
  trial,
  validation: { accuracy, loss: 1 },
});

const RUNGS = [
  { steps: 10, trials: 4 },
  { steps: 30, trials: 2 },
];
const RECORDS: readonly RungRecord[] = [
  {
    rung: 0,
    steps: 10,
    results: [
      worth(0, 0.5),
      worth(1, 0.6),
      { trial: 2, end: 'failed', reason: 'loss: received NaN' },
      worth(3, 0.4),
      worth(4, 0.7),
    ],
    survivors: [0, 1, 4],
  },
  {
    rung: 1,
    steps: 30,
    results: [worth(0, 0.8), worth(1, 0.9), { trial: 4, end: 'cancelled', reason: 'it was cancelled' }],
    survivors: [1],
  },
];

test('the summary has each trial’s rungs and how it ended', () => {
  const trials = summarizeTrials(['base', 'a', 'b', 'c', 'd'], RECORDS, RUNGS);
  assert.deepEqual(
    trials.map(({ text, end, rungs, reason }) => [text, end, rungs.map(({ accuracy }) => accuracy), reason]),
    [
      ['base', 'trained', [0.5, 0.8], undefined],
      ['a', 'best', [0.6, 0.9], undefined],
      ['b', 'failed', [], 'loss: received NaN'],
      ['c', 'stopped', [0.4], undefined],
      ['d', 'cancelled', [0.7], 'it was cancelled'],
    ],
  );
  assert.deepEqual(stepsTaken(trials, RUNGS), { taken: 30 + 30 + 10 + 10, without: 150 });
});

test('policyText describes how a policy differs from the base', () => {
  const base = augmentationConfig.parse({ erasing: {} });
  const other = augmentationConfig.parse({
    flip: 0,
    mixup: 0.2,
    policy: { kind: 'rand-augment', numOps: 1, magnitude: 13 },
    operations: [{ name: 'Rotate', magnitude: [-10, 10], probability: 0.5 }],
    resizedCrop: { scale: [0.5, 1] },
  });
  assert.equal(
    policyText(other, base),
    'rand-augment 1 x 13, flip 0, Rotate -10..10 at 0.5, no erasing, mixup 0.2, window from 0.5',
  );
  assert.deepEqual(policyTexts([base, augmentationConfig.parse({ policy: { kind: 'none' }, erasing: {} })]), [
    'as training has it',
    'no policy',
  ]);
});
