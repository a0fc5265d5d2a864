import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonLine } from '../../../../cli/view/json-lines.js';
import { NOTHING_TOLD, newsOf } from '../../../../cli/view/news.js';
import type { RunSnapshot } from '../../../../client/snapshot.js';
import { NOW, snapshots, training } from '../../../support/sample-snapshots.js';
import { OPTIONS } from './text-of-view.js';

/** What is said of snapshots that come a second after each other. */
function told(all: readonly RunSnapshot[], secondsBetween = 1): string[][] {
  let state = NOTHING_TOLD;
  return all.map((snapshot, index) => {
    const news = newsOf(snapshot, state, { ...OPTIONS, now: NOW + index * secondsBetween * 1000 });
    state = news.told;
    return [...news.lines];
  });
}

test('what is known is said once', () => {
  const [first, again] = told([snapshots.training, snapshots.training]);
  assert.match(first!.join('\n'), /Student 1: labels {2}14,611 of 18,000 images kept/);
  assert.match(first!.join('\n'), /Student 1: training$/m);
  assert.deepEqual(again, []);
});

test('how far a step is, is said at most every 20 seconds', () => {
  const steps = Array.from({ length: 100 }, (_, done) => ({
    ...snapshots.training,
    steps: [{ ...training, done, validationAccuracy: 0.8 }],
  }));
  const lines = told(steps).slice(1).flat();
  assert.equal(lines.length, 4);
  assert.match(lines[0]!, /^Student 1: 20 of 800 steps, 8.34\/s, ETA 1:34, loss 0.8123, validation 80.00%$/);
});

test('evaluations in quick succession are not all said', () => {
  const steps = Array.from({ length: 100 }, (_, done) => ({
    ...snapshots.training,
    steps: [{ ...training, done, validationAccuracy: done / 100 }],
  }));
  const lines = told(steps).slice(1).flat();
  assert.ok(lines.length >= 10 && lines.length <= 20, `${lines.length} lines`);
});

test('a pause is said each time, and so is what goes on after it', () => {
  const lines = told([snapshots.training, snapshots.paused, snapshots.training, snapshots.paused]);
  for (const index of [1, 3]) assert.match(lines[index]!.join('\n'), /resume clothes-20260203-7f3a/);
  assert.deepEqual(lines[2], ['Student 1: training']);
});

test('a verdict is said with its evidence and what came of it, in the order of events', () => {
  const text = told([snapshots.testing])[0]!.join('\n');
  assert.match(text, /^Student 1: gate {2}\+2.30 points on 1,000 images .*promoted as version 2/m);
  assert.ok(text.indexOf('Student 1: gate') < text.indexOf('Student 2: trained'));
  assert.ok(text.indexOf('Student 2: gate') < text.indexOf('Measuring every generation'));
});

test('JSON lines come when something has changed; the configuration once', () => {
  const first = JSON.parse(jsonLine(snapshots.training, undefined)!);
  assert.equal(first.progress.config.name, 'clothes');
  assert.equal(jsonLine(snapshots.training, structuredClone(snapshots.training)), undefined);
  const next = JSON.parse(jsonLine(snapshots.paused, snapshots.training)!);
  assert.equal(next.progress.status, 'paused');
  assert.equal(next.progress.config, undefined);
});
