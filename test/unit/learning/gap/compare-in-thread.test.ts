import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareFeatures } from '../../../../learning/gap/compare-features.js';
import { compareInThread } from '../../../../learning/gap/compare-in-thread.js';
import { NO_YIELD } from '../../../../learning/yield-to-event-loop.js';
import { gaussianRows } from './gaussian-rows.js';

function comparisonOf(rows: number, width: number) {
  return {
    features: {
      training: gaussianRows(rows, width, 0, 'training'),
      augmented: gaussianRows(rows, width, 0.5, 'augmented'),
      validation: gaussianRows(rows, width, 0, 'validation'),
      real: gaussianRows(rows, width, 1, 'real'),
    },
    ...{ neighbours: 3, permutations: 19, seed: 0 },
  };
}

test('the thread returns the same comparison as the function', async () => {
  const comparison = comparisonOf(20, 4);
  assert.deepEqual(await compareInThread(comparison, NO_YIELD), await compareFeatures(comparison));
});

test('a long comparison yields again and again, and an error there ends it', async () => {
  const stop = new Error('stop');
  let yields = 0;
  const yieldToEventLoop = async () => {
    yields++;
    if (yields === 2) throw stop;
  };
  // Takes much longer than a second.
  await assert.rejects(compareInThread(comparisonOf(400, 400), yieldToEventLoop), stop);
});

test('errors of the thread are rethrown', async () => {
  await assert.rejects(compareInThread(comparisonOf(1, 2), NO_YIELD), RangeError);
});
