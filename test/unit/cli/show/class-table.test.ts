import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classTable } from '../../../../cli/show/class-table.js';
import { evaluate } from '../../../../learning/evaluation/evaluate.js';

const oneHot = (...labels: number[]) =>
  Float32Array.from(labels.flatMap((label) => [0, 1, 2].map((other) => Number(other === label))));
// Both coats right; of four shirts one is a coat and one a bag; the bag is right.
const MEASURED = evaluate(oneHot(0, 0, 1, 1, 0, 2, 2), Int32Array.of(0, 0, 1, 1, 1, 1, 2), 3);

test('the worst class comes first, with the class that it is mistaken for', () => {
  const [head, ...rows] = classTable(['coat', 'シャツ', 'bag'], MEASURED);
  assert.match(head!, /IMAGES +RECALL +PRECISION +MOST OFTEN TAKEN FOR/);
  assert.match(rows[0]!, /^ +シャツ +4 +50\.0% +100\.0% +coat \(25\.0%\)$/);
  assert.match(rows[1]!, /^ +coat +2 +100\.0% +66\.7%$/);
  assert.match(rows[2]!, /^ +bag +1 +100\.0% +50\.0%$/);
});
