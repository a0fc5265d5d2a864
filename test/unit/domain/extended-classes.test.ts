import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigurationError, ModelError } from '../../../domain/errors.js';
import { appendNewClasses, numberOldClasses } from '../../../domain/extended-classes.js';
import type { DatasetRecord } from '../../../domain/records.js';

const OLD = ['coat', 'dress', 'shirt'];
const of = (...classes: string[]) =>
  ({ splitKey: 's', contentHash: 'h', classes }) as unknown as DatasetRecord;

test('new classes are numbered after the old ones; old images keep the model’s numbers', () => {
  const extended = appendNewClasses(of('bag', 'sandal'), OLD);
  assert.deepEqual(extended.classes, ['coat', 'dress', 'shirt', 'bag', 'sandal']);
  assert.deepEqual(extended.classNumbers, [3, 4]);
  const old = numberOldClasses(of('coat', 'shirt'), OLD, extended.classes);
  assert.deepEqual([old.classes, old.classNumbers], [extended.classes, [0, 2]]);
});

test('a new class that the model has and an old class that it lacks are refused', () => {
  assert.throws(
    () => appendNewClasses(of('bag', 'coat', 'dress'), OLD),
    (error) =>
      error instanceof ConfigurationError && /data\.labelled: .*classes coat, dress,/.test(error.message),
  );
  assert.throws(
    () => numberOldClasses(of('coat', 'hat'), OLD, OLD),
    (error) => error instanceof ModelError && /old\.labelled: .*class hat,/.test(error.message),
  );
});
