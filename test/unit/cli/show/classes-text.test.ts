import assert from 'node:assert/strict';
import { test } from 'node:test';
import { championClasses } from '../../../../cli/show/champion-classes.js';
import { classesText } from '../../../../cli/show/classes-text.js';
import { ArtifactMissingError } from '../../../../domain/errors.js';
import { evaluate } from '../../../../learning/evaluation/evaluate.js';
import { report } from '../../../support/sample-snapshots.js';

const oneHot = (...labels: number[]) =>
  Float32Array.from(labels.flatMap((label) => [0, 1, 2].map((other) => Number(other === label))));
// Both coats right; of four shirts one is a coat and one a bag; the bag is right.
const MEASURED = evaluate(oneHot(0, 0, 1, 1, 0, 2, 2), Int32Array.of(0, 0, 1, 1, 1, 1, 2), 3);

test('the worst class comes first, with what it is taken for', () => {
  const [head, ...rows] = classesText(['coat', 'シャツ', 'bag'], MEASURED).split('\n');
  assert.match(head!, /IMAGES +RECALL +PRECISION +MOST OFTEN TAKEN FOR/);
  assert.match(rows[0]!, /^ +シャツ +4 +50\.0% +100\.0% +coat \(25\.0%\)$/);
  assert.match(rows[1]!, /^ +coat +2 +100\.0% +66\.7%$/);
  assert.match(rows[2]!, /^ +bag +1 +100\.0% +50\.0%$/);
});

test('the champion is looked at: on test where it was measured there, or not at all', async () => {
  const asked: unknown[] = [];
  const run = {
    evaluation: async (generation: number, split: 'validation' | 'test') => {
      asked.push([generation, split]);
      return MEASURED;
    },
  };
  const { generations } = report;
  assert.deepEqual(await championClasses(run, generations), {
    generation: 1,
    split: 'test',
    evaluation: MEASURED,
  });
  await championClasses(
    run,
    generations.map(({ test: _, ...record }) => record),
  );
  assert.deepEqual(asked, [
    [1, 'test'],
    [1, 'validation'],
  ]);
  assert.equal(await championClasses(run, []), undefined);
  const gone = { evaluation: async () => Promise.reject(new ArtifactMissingError('gone')) };
  assert.equal(await championClasses(gone, generations), undefined);
});
