import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertId, assertRunOrChild } from '../../../client/assert-id.js';

test('ids with slashes, spaces, a leading dot, or too many characters are refused', () => {
  for (const good of ['clothes', 'клас-7', 'a.b', 'nightly-2026-02-03T03:00:00Z', 'x'.repeat(200)]) {
    assertId('run id', good);
  }
  for (const wrong of [
    '',
    '.hidden',
    '../up',
    'a/b',
    'a\\b',
    'a b',
    'a\nb',
    'a\u0000',
    '\u001b[2J',
    'a\u202eb',
    '\u009b',
    'x'.repeat(201),
  ]) {
    assert.throws(() => assertId('run id', wrong), {
      name: 'ConfigurationError',
      message: /^run id: received/,
    });
  }
  assert.throws(() => assertId('schedule id', 'x'.repeat(9), 8), /expected 1 to 8 characters/);
});

test('a run that is looked up may be a child of another, and nothing else', () => {
  for (const good of ['clothes', 'search/trial-2']) assertRunOrChild(good);
  for (const wrong of ['', ' ', '../../evil', 'run/', '/run', 'run/../x', 'a/b/c/d', 'run/\u001b']) {
    assert.throws(() => assertRunOrChild(wrong), { name: 'ConfigurationError', message: /^run: received/ });
  }
});
