import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DatasetRecord } from '../../../../domain/records.js';
import { referenceNumberedAs } from '../../../../workflows/methods/dataset-reference.js';

const DATA = {
  ...{ splitKey: 's', contentHash: 'h', classes: ['bag', 'coat', 'dress'] },
  counts: { labelled: 1, validation: 1, unlabelled: 1, test: 1 },
} as unknown as DatasetRecord;

test('a report names the classes in the model’s order, and its reference numbers the labels the same way', () => {
  assert.deepEqual(referenceNumberedAs({ classes: ['dress', 'bag', 'coat'] }, DATA), {
    classNames: ['dress', 'bag', 'coat'],
    dataset: { splitKey: 's', contentHash: 'h', classNumbers: [1, 2, 0] },
  });
});

test('for a model in the data’s order, or without class names, the reference has no class numbers', () => {
  const plain = { classNames: DATA.classes, dataset: { splitKey: 's', contentHash: 'h' } };
  assert.deepEqual(referenceNumberedAs({ classes: DATA.classes }, DATA), plain);
  assert.deepEqual(referenceNumberedAs({}, DATA), plain);
});
