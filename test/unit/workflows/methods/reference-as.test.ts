import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DatasetRecord } from '../../../../domain/records.js';
import { referenceAs } from '../../../../workflows/methods/reference-as.js';

const DATA = {
  ...{ splitKey: 's', contentHash: 'h', classes: ['bag', 'coat', 'dress'] },
  counts: { labelled: 1, validation: 1, unlabelled: 1, test: 1 },
} as unknown as DatasetRecord;

test('a report has the names in the model’s order, and what opens the data with such labels', () => {
  assert.deepEqual(referenceAs({ classes: ['dress', 'bag', 'coat'] }, DATA), {
    classNames: ['dress', 'bag', 'coat'],
    dataset: { splitKey: 's', contentHash: 'h', classNumbers: [1, 2, 0] },
  });
});

test('of a model in the data’s order, or without names, nothing more is said', () => {
  const plain = { classNames: DATA.classes, dataset: { splitKey: 's', contentHash: 'h' } };
  assert.deepEqual(referenceAs({ classes: DATA.classes }, DATA), plain);
  assert.deepEqual(referenceAs({}, DATA), plain);
});
