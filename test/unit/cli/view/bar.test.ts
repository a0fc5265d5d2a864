import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bar } from '../../../../cli/view/bar.js';

test('a bar has the same width for any share and grows by eighths of a column', () => {
  for (const share of [-1, 0, 0.01, 0.333, 0.5, 0.99, 1, 2, Number.NaN]) {
    const { filled, rest } = bar(share, 10);
    assert.equal((filled + rest).length, 10, `${share}`);
  }
  assert.deepEqual(bar(0.5, 4), { filled: '██', rest: '░░' });
  assert.deepEqual(bar(0.55, 4), { filled: '██▎', rest: '░' });
  assert.deepEqual(bar(1, 4), { filled: '████', rest: '' });
});
