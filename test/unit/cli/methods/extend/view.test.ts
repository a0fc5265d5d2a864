import assert from 'node:assert/strict';
import { test } from 'node:test';
import { view } from '../../../../../cli/methods/extend/view.js';
import type { BothTasks, ExtendReport, ExtensionName } from '../../../../../domain/methods/extend.js';
import { OPTIONS } from '../../view/text-of-view.js';

const task = (within: number, overall: number) => ({ images: 500, within, overall });
const both = (learnt: number, old: number): BothTasks => ({
  new: task(learnt, learnt - 0.1),
  old: task(old, old - 0.2),
  forgetting: { within: 0.95 - old, overall: 1.15 - old },
});
const resultOf = (name: ExtensionName, learnt: number, old: number) => ({
  name,
  validation: both(learnt, old),
});

const REPORT = {
  name: 'ten',
  from: 'five',
  oldClasses: ['coat', 'dress'],
  newClasses: ['bag'],
  before: { validation: task(0.95, 0.95) },
  results: [resultOf('retention', 0.9, 0.93), resultOf('fine-tuning', 0.92, 0.6)],
  version: 1,
} as unknown as ExtendReport;

const lines = async (report: ExtendReport) =>
  (await view.report(report, OPTIONS)).map((line) => String(line).replaceAll(/ {2,}/g, '  ').trim());

test('every way is measured on both tasks, below the model before', async () => {
  assert.deepEqual(await lines(REPORT), [
    'coat, dress; new: bag',
    '',
    'NEW  OLD  FORGOTTEN  NEW OF ALL  OLD OF ALL  FORGOTTEN',
    'five before  95.00%',
    'without forgetting  90.00%  93.00%  2.00  80.00%  73.00%  22.00',
    'fine-tuning  92.00%  60.00%  35.00  82.00%  40.00%  55.00',
    '',
    'On validation images: accuracy among the task’s classes, then among all; forgotten in points.',
    'Entered the registry as ten@1.',
  ]);
});

test('without old images, only the new task is shown', async () => {
  const results = [{ name: 'retention', validation: { new: task(0.9, 0.8) } }];
  const { before: _, ...report } = { ...REPORT, results } as unknown as ExtendReport;
  assert.equal((await lines(report))[3], 'without forgetting  90.00%  80.00%');
});

test('a failed comparison is shown with its reason', async () => {
  const failed = [{ name: 'joint', reason: 'loss: received NaN at step 3' }] as const;
  assert.equal(
    (await lines({ ...REPORT, failed })).at(-2),
    'Not compared with old and new pictures, which failed: loss: received NaN at step 3',
  );
});
