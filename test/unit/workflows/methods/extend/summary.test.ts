import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MeasuredTasks } from '../../../../../activities/extend/measure-tasks.js';
import { type BothTasks, type ExtensionResult, reportedSplit } from '../../../../../domain/methods/extend.js';
import { extensionSummary } from '../../../../../workflows/methods/extend/summary.js';

const task = (within: number, overall: number) => ({ images: 100, within, overall });
const result = (name: ExtensionResult['name'], validation: BothTasks) =>
  ({ name, validation }) as ExtensionResult;

test('the summary has both measures: where the task is known, and among all classes', () => {
  const before: MeasuredTasks = { validation: { old: task(0.9, 0.9) }, test: {} };
  const results = [
    result('retention', { new: task(0.923, 0.81), old: task(0.88, 0.1) }),
    result('fine-tuning', {
      new: task(0.94, 0.9),
      old: task(0.5, 0),
      forgetting: { within: 0.4, overall: 0.9 },
    }),
  ];
  assert.equal(
    extensionSummary(results, before),
    '92.3% on the new classes and 88.0% on the old ones, after 90.0% before, where the task is known; among all classes 81.0% and 10.0%; plain fine-tuning forgets 40.0 points',
  );
});

test('without old pictures the summary says that forgetting was not measured', () => {
  assert.equal(
    extensionSummary([result('retention', { new: task(0.923, 0.81) })], undefined),
    '92.3% on the new classes where the task is known, 81.0% among all; forgetting was not measured, since old has no pictures',
  );
});

test('the summary has figures of validation if test has no images of the old classes', () => {
  const learnt = {
    ...result('retention', { new: task(0.9, 0.8), old: task(0.88, 0.1) }),
    test: { new: task(0.5, 0.4) },
  };
  const before: MeasuredTasks = { validation: { old: task(0.9, 0.9) }, test: {} };
  assert.match(
    extensionSummary([learnt], before),
    /^90\.0% on the new classes and 88\.0% on the old ones, after 90\.0%/,
  );
  assert.equal(reportedSplit([learnt]), 'validation');
  assert.equal(
    reportedSplit([{ validation: { new: task(1, 1) }, test: { new: task(1, 1) } }]),
    'test',
    'no old pictures at all',
  );
});
