import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOf, METHODS } from '../../../domain/methods.js';

test('every method has its command name', () => {
  assert.deepEqual(METHODS.map(commandOf), [
    'transfer',
    'distill',
    'extend',
    'search',
    'gap',
    'label-next',
    'robustness',
  ]);
});
