import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitClassCounts } from '../../../domain/pseudo-label-counts.js';
import type { PseudoLabelClassCount } from '../../../domain/pseudo-labels.js';

const counts = (classes: number): PseudoLabelClassCount[] =>
  Array.from({ length: classes }, (_, place) => ({
    ...{ className: `class ${place}`, predicted: 9, confident: 8, kept: 7, examples: 7, threshold: 0.5 },
    status: place % 10 === 9 ? 'missing' : place % 10 === 8 ? 'taken-below-threshold' : 'balanced',
  }));

test('a hundred classes are all listed in order', () => {
  const all = counts(100);
  assert.deepEqual(limitClassCounts(all), { byClass: all });
});

test('of more classes, notable ones are listed first, and the rest are counted', () => {
  const { byClass, unlisted } = limitClassCounts(counts(700));
  assert.equal(byClass.length, 100);
  assert.deepEqual([byClass[0]!.className, byClass[0]!.status], ['class 9', 'missing']);
  assert.deepEqual([byClass[69]!.status, byClass[70]!.className], ['missing', 'class 8']);
  assert.deepEqual(unlisted, { missing: 0, 'taken-below-threshold': 40, balanced: 560 });
});
