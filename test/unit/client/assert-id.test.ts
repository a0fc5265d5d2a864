import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertId } from '../../../client/assert-id.js';

test('ids with slashes, spaces, a leading dot, or too many characters are refused', () => {
  for (const good of ['clothes', 'клас-7', 'a.b', 'nightly-2026-02-03T03:00:00Z', 'x'.repeat(200)]) {
    assertId('run id', good);
  }
  for (const wrong of ['', '.hidden', '../up', 'a/b', 'a\\b', 'a b', 'a\nb', 'x'.repeat(201)]) {
    assert.throws(() => assertId('run id', wrong), {
      name: 'ConfigurationError',
      message: /^run id: received/,
    });
  }
  assert.throws(() => assertId('schedule id', 'x'.repeat(9), 8), /at most 8 characters/);
});
