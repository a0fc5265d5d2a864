import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { table } from '../../../cli/table.js';
import { bytesText, spanText } from '../../../cli/texts.js';

describe('texts', () => {
  it('formats bytes in a suitable unit', () => {
    assert.deepEqual([0, 999, 1000, 12_345, 123_456, 7.5e9, 3e15].map(bytesText), [
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '12.3 kB',
      '123 kB',
      '7.5 GB',
      '3000 TB',
    ]);
  });

  it('formats spans of time in at most two units', () => {
    assert.deepEqual([-1, 59.4, 200, 7500, 300_000].map(spanText), [
      '0s',
      '59s',
      '3m 20s',
      '2h 5m',
      '3d 11h',
    ]);
  });
});

describe('table', () => {
  it('gives a text line for each row, without lines and trailing spaces', () => {
    const lines = table(
      ['run', 'gen'],
      [
        ['a', '1'],
        ['longer', '12'],
      ],
      { right: [1], indent: '  ' },
    );
    assert.deepEqual(lines, ['  RUN     GEN', '  a         1', '  longer   12']);
  });

  it('counts columns of other scripts', () => {
    const [, first, second] = table(
      ['class', 'n'],
      [
        ['猫', '1'],
        ['cat', '2'],
      ],
    );
    assert.equal(first, '猫     1');
    assert.equal(second, 'cat    2');
  });
});
