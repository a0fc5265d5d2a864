import assert from 'node:assert/strict';
import { test } from 'node:test';
import { view as selfTraining } from '../../../../cli/methods/self-training/view.js';
import { NOTHING_PRINTED, newsOf } from '../../../../cli/view/news.js';
import type { RunSnapshot } from '../../../../client/snapshot.js';
import type { MethodName } from '../../../../domain/methods.js';
import { distillation, NOW, snapshots, training } from '../../../support/sample-snapshots.js';
import { OPTIONS } from './text-of-view.js';

/** The news of snapshots that come a second after each other. */
function newsOfEach<Name extends MethodName>(
  view: Parameters<typeof newsOf<Name>>[0],
  all: readonly RunSnapshot<Name>[],
): string[][] {
  let printed = NOTHING_PRINTED;
  return all.map((snapshot, seconds) => {
    const news = newsOf(view, snapshot, printed, { ...OPTIONS, now: NOW + seconds * 1000 });
    printed = news.printed;
    return [...news.lines];
  });
}

test('each fact is printed once', () => {
  const [first, again] = newsOfEach(selfTraining, [snapshots.training, snapshots.training]);
  assert.match(first!.join('\n'), /Student 1: labels {2}14,611 of 18,000 images kept/);
  assert.match(first!.join('\n'), /Student 1: training$/m);
  assert.deepEqual(again, []);
});

test('progress is printed at most every 20 seconds', () => {
  const all = Array.from({ length: 100 }, (_, done) => ({
    ...snapshots.training,
    activities: [{ ...training, done, validationAccuracy: 0.8 }],
  }));
  const lines = newsOfEach(selfTraining, all).slice(1).flat();
  assert.equal(lines.length, 4);
  assert.match(lines[0]!, /^Student 1: 20 of 800 steps, 8.34\/s, ETA 1:34, loss 0.8123, validation 80.00%$/);
});

test('not all evaluations in quick succession are printed', () => {
  const all = Array.from({ length: 100 }, (_, done) => ({
    ...snapshots.training,
    activities: [{ ...training, done, validationAccuracy: done / 100 }],
  }));
  const lines = newsOfEach(selfTraining, all).slice(1).flat();
  assert.ok(lines.length >= 10 && lines.length <= 20, `${lines.length} lines`);
});

test('each pause is printed, and the phase that continues after it', () => {
  const lines = newsOfEach(selfTraining, [
    snapshots.training,
    snapshots.paused,
    snapshots.training,
    snapshots.paused,
  ]);
  for (const index of [1, 3]) assert.match(lines[index]!.join('\n'), /resume clothes-20260203-7f3a/);
  assert.deepEqual(lines[2], ['Student 1: training']);
});

test('verdicts are printed with their evidence and consequence, in the order of events', () => {
  const text = newsOfEach(selfTraining, [snapshots.testing])[0]!.join('\n');
  assert.match(text, /^Student 1: gate {2}\+2.30 points on 1,000 images .*promoted as version 2/m);
  assert.ok(text.indexOf('Student 1: gate') < text.indexOf('Student 2: trained'));
  assert.ok(text.indexOf('Student 2: gate') < text.indexOf('Measuring every generation'));
});

test('the news of other methods are their stages, the open question and the progress', () => {
  const { training: first, asking } = distillation;
  const later = Array.from({ length: 30 }, () => first);
  const [stages, ...others] = newsOfEach<'distill'>({}, [first, ...later, asking]);
  assert.match(stages!.join('\n'), /✓ open clothes +10 classes, 174,202 parameters/);
  assert.match(stages!.at(-1)!, /● train the student/);
  const said = others.flat().join('\n');
  assert.match(said, /^Train the student: 1,230 of 3,000 steps, 8.34\/s, ETA 3:32, loss 0.8123/);
  assert.match(
    said,
    /\? The gate waits for your decision on the student:\n +apprentice approve clothes-small-/,
  );
  assert.doesNotMatch(said, /open clothes/);
});
