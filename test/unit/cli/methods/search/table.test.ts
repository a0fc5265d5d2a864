import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOfProgress, rowsOfReport, trialLines } from '../../../../../cli/methods/search/table.js';
import { textOf } from '../../../../../cli/view/line.js';
import type { SearchProgress, TrialResult } from '../../../../../domain/methods/search.js';

const worth = (trial: number, accuracy: number): TrialResult => ({
  trial,
  validation: { accuracy, loss: 1 },
});
const RUNGS = [
  { steps: 10, trials: 3 },
  { steps: 30, trials: 1 },
];

function drawn(rows: Parameters<typeof trialLines>[0], most = 10, columns = 70): string[] {
  return trialLines(rows, RUNGS, { columns, most }).map((line) =>
    textOf(line, { columns: Number.POSITIVE_INFINITY, colour: false }),
  );
}

test('a running search lists its trials with their state, the highest rung first', () => {
  const progress: SearchProgress = {
    rungs: RUNGS,
    texts: ['as training has it', 'rand-augment 1 x 5', 'no policy', 'rand-augment 3 x 5'],
    records: [
      {
        rung: 0,
        steps: 10,
        results: [
          worth(0, 0.5),
          worth(1, 0.625),
          worth(2, 0.25),
          { trial: 3, end: 'failed', reason: 'loss: received NaN' },
        ],
        survivors: [0, 1],
      },
    ],
    current: [worth(1, 0.75)],
    running: [0],
  };
  assert.deepEqual(drawn(rowsOfProgress(progress)), [
    '  trial  policy                step 10  step 30',
    '      1  rand-augment 1 x 5      62.50    75.00',
    '      0  as training has it      50.00           running',
    '      2  no policy               25.00           stopped',
    '      3  rand-augment 3 x 5                      failed',
  ]);
});

test('a report has the reason of a failed trial and counts the trials that it leaves out', () => {
  const rows = rowsOfReport({
    trials: [
      { trial: 0, text: 'as training has it', rungs: [{ steps: 10, accuracy: 0.5, loss: 1 }], end: 'best' },
      { trial: 1, text: 'no policy', rungs: [], end: 'failed', reason: 'loss: received NaN' },
    ],
  });
  assert.match(drawn(rows)[2]!, /failed: loss: received NaN$/);
  assert.equal(drawn(rows, 1)[2], '  … 1 more');
});
