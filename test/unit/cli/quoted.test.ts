import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quoted } from '../../../cli/quoted.js';

test('words that a shell would split are quoted', () => {
  assert.equal(quoted('a/b-c.png'), 'a/b-c.png');
  assert.equal(quoted('a b'), "'a b'");
  assert.equal(quoted("it's"), `'it'\\''s'`);
});
