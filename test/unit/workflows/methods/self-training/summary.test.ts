import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GenerationRecord } from '../../../../../domain/methods/self-training.js';
import { noteOf, summaryOf } from '../../../../../workflows/methods/self-training/summary.js';

const record = (generation: number, validation: number, rest: Partial<GenerationRecord> = {}) =>
  ({
    generation,
    promoted: true,
    model: { validation: { accuracy: validation } },
    ...rest,
  }) as unknown as GenerationRecord;
const onTest = (accuracy: number) => ({ test: { accuracy } }) as Partial<GenerationRecord>;

test('the note of a generation has its accuracy, and whether it entered the registry', () => {
  assert.equal(noteOf(record(1, 0.9, { version: 3 })), '90.00% on validation, version 3');
  assert.equal(noteOf(record(1, 0.9)), '90.00% on validation, the best of this run');
  assert.equal(noteOf(record(1, 0.9, { promoted: false })), '90.00% on validation, not promoted');
});

test('the summary compares the champion with the teacher on test', () => {
  const records = [
    record(0, 0.8, { ...onTest(0.7), version: 1 }),
    record(1, 0.9, { ...onTest(0.75), version: 2 }),
    record(2, 0.95, { ...onTest(0.99), promoted: false }),
  ];
  assert.equal(
    summaryOf('clothes', records),
    'The best model is student 1: 75.00% on test, 5.00 points above its teacher; promoted as clothes@2.',
  );
});

test('without test images the summary has figures of validation', () => {
  const records = [record(0, 0.8, { version: 1 }), record(1, 0.78, { version: 2 })];
  assert.equal(
    summaryOf('clothes', records),
    'The best model is student 1: 78.00% on validation, 2.00 points below its teacher; promoted as clothes@2.',
  );
});

test('the summary says if the teacher is the best, and if the line kept another champion', () => {
  assert.equal(
    summaryOf('clothes', [record(0, 0.8), record(1, 0.7, { promoted: false })]),
    'The best model is the teacher: 80.00% on validation; clothes keeps its earlier champion.',
  );
});
