import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines } from '../../../../../cli/methods/transfer/lines.js';
import type { TransferReport } from '../../../../../domain/methods/transfer.js';

const REPORT = {
  name: 'shoes',
  from: { reference: 'clothes', outputs: 10 },
  dataset: { classes: ['boot', 'sandal'] },
  choice: { mode: 'head' },
  results: [{ way: 'head', model: { validation: { accuracy: 0.9 }, trainingSeconds: 1.5 } }],
  measures: { labelsPerClass: 10, untrainedAccuracy: 0.7, chance: 0.1, similarity: 0.61 },
  weightDecay: 0.1,
  trials: [{}, {}],
} as unknown as TransferReport;

test('a transfer says what similarity is, and whether the model entered the registry', () => {
  const told = lines({ ...REPORT, version: 4 });
  assert.equal(
    told[5],
    'Similarity 0.61: the share of the errors with an untrained network’s features (accuracy 70.00%; guessing 10.00%) that the model’s features avoid.',
  );
  assert.equal(told.at(-1), 'Entered the registry as shoes@4.');
  assert.equal(lines(REPORT).at(-1), 'Not entered into shoes.');
});

test('a single label is one label', () => {
  const told = lines({ ...REPORT, measures: { ...REPORT.measures, labelsPerClass: 1 } });
  assert.match(told[0]!, /: 1 label of the rarest class$/);
});
