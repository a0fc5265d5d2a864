import assert from 'node:assert/strict';
import { test } from 'node:test';
import { view } from '../../../../../cli/methods/transfer/view.js';
import type { TransferReport } from '../../../../../domain/methods/transfer.js';
import { OPTIONS } from '../../view/text-of-view.js';

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

const lines = async (report: TransferReport) => (await view.report(report, OPTIONS)).map(String);

test('a report explains similarity and says whether the model entered the registry', async () => {
  const entered = await lines({ ...REPORT, version: 4 });
  assert.equal(
    entered[5],
    'Similarity 0.61: the share of the errors with an untrained network’s features (accuracy 70.00%; guessing 10.00%) that the model’s features avoid.',
  );
  assert.equal(entered.at(-1), 'Entered the registry as shoes@4.');
  assert.equal((await lines(REPORT)).at(-1), 'Not entered into shoes.');
});

test('one label is written in the singular', async () => {
  const [first] = await lines({ ...REPORT, measures: { ...REPORT.measures, labelsPerClass: 1 } });
  assert.match(first!, /: 1 label of the rarest class$/);
});
