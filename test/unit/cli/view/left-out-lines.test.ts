import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leftOutDetails, leftOutLines } from '../../../../cli/view/left-out-lines.js';
import { type Line, textOf } from '../../../../cli/view/line.js';
import type { LeftOut } from '../../../../domain/left-out.js';

const LIST: readonly LeftOut[] = [
  {
    kind: 'unreadable',
    count: 25,
    examples: [{ name: '/a/0.png', reason: 'an empty file' }, { name: '/a/1.png' }],
  },
  { kind: 'hidden', count: 1, examples: [{ name: '/a/._x' }] },
  { kind: 'toColour', count: 3, of: 120, examples: [] },
];

const texts = (lines: readonly Line[]) =>
  lines.map((line) => textOf(line, { columns: Number.POSITIVE_INFINITY, colour: false }));

describe('what was left out', () => {
  it('takes a line for each kind, with an example', () => {
    assert.deepEqual(texts(leftOutLines(LIST)), [
      '! 25 pictures can’t be read, for example 0.png (an empty file)',
      '1 hidden or system entry was passed over, for example ._x',
      '! 3 of 120 pictures are gray: expanded to colour',
    ]);
  });

  it('has more examples in details, and the number of the others', () => {
    assert.deepEqual(texts(leftOutDetails(LIST, 2)), [
      '25 pictures can’t be read',
      '  /a/0.png (an empty file)',
      '  /a/1.png',
      '  … and 23 more; --json names them',
      '1 hidden or system entry was passed over',
      '  /a/._x',
      '3 of 120 pictures are gray: expanded to colour',
      '  … and 3 more; --json names them',
    ]);
  });
});
