import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pseudoLabelLines } from '../../../../../cli/methods/self-training/pseudo-label-lines.js';
import { limitClassCounts } from '../../../../../domain/pseudo-label-counts.js';
import type { PseudoLabelClassCount } from '../../../../../domain/pseudo-labels.js';
import { textsOf } from '../../view/text-of-view.js';

type Status = PseudoLabelClassCount['status'];

/** So many classes of each status, as the history has them. */
function view(numbers: Readonly<Record<Status, number>>, { columns = 80, rows = 10 } = {}): string {
  const classes = (Object.keys(numbers) as Status[]).flatMap((status) =>
    Array.from({ length: numbers[status] }, (_, place): PseudoLabelClassCount => {
      const taken = status === 'missing' ? 0 : 7;
      return {
        className: `${status[0]}${place}`,
        ...{ predicted: taken, confident: taken, kept: taken, examples: taken, threshold: 0.5, status },
      };
    }),
  );
  const record = {
    key: 'k',
    hash: '',
    images: 9,
    kept: 7,
    dropped: 2,
    examples: 7,
    ...limitClassCounts(classes),
  };
  return textsOf(pseudoLabelLines(record, columns, rows)).join('\n');
}

test('a few classes are all shown, and those without a picture are named', () => {
  const text = view({ missing: 2, 'taken-below-threshold': 5, balanced: 3 });
  assert.match(text, /no picture was labelled m0, m1: the student has no such\s+pseudo-labels/);
  assert.match(text, /no picture of t0, t1, t2 and 2 more reached the threshold: the\s+most confident/);
  assert.doesNotMatch(text, /more classes/);
});

test('classes that the history leaves out are counted', () => {
  const text = view({ missing: 120, 'taken-below-threshold': 1500, balanced: 30 });
  assert.match(
    text,
    /no picture was labelled m0, m1, m2 and 117 more: the student has\s+no such pseudo-labels/,
  );
  assert.match(text, /no picture of 1,500 classes reached the threshold: the\s+most\s+confident/);
  assert.match(text, /… and 1,641 more classes/);
  const wide = view({ missing: 0, 'taken-below-threshold': 0, balanced: 150 }, { columns: 180, rows: 60 });
  assert.match(wide, /… and 50 more classes/);
  assert.match(
    view({ missing: 98, 'taken-below-threshold': 4, balanced: 0 }),
    /of t0, t1 and 2 more reached the/,
  );
});
