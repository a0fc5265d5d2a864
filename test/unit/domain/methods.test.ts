import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METHOD_NAMES, METHODS } from '../../../domain/methods.js';

test('every configuration names its method, by the name of its command', () => {
  assert.deepEqual(METHOD_NAMES, [
    'self-training',
    'transfer',
    'distill',
    'extend',
    'search',
    'gap',
    'label-next',
    'robustness',
    'evaluate',
  ]);
  for (const name of METHOD_NAMES) {
    assert.equal(METHODS[name].config.shape.method.unwrap().value, name);
  }
});
