import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generationsView } from '../../../../../cli/methods/self-training/live.js';
import { widthOf } from '../../../../../cli/view/line.js';
import type { GenerationRecord } from '../../../../../domain/methods/self-training.js';
import { snapshots, teacher } from '../../../../support/sample-snapshots.js';
import { OPTIONS, textsOf } from '../../view/text-of-view.js';

const view = (name: keyof typeof snapshots, rows = 50) =>
  textsOf(generationsView(snapshots[name], OPTIONS, rows)).join('\n');

test('a training shows its data, its labels by class, its progress and the planned students', () => {
  const text = view('training');
  assert.match(text, /^clothes-20260203-7f3a {2}self-training {2}running +4:12$/m);
  assert.match(text, /10 classes · 1,000 labelled · 18,000 unlabelled · 1,000 validation · 5,000 test/);
  assert.match(text, /http:\/\/127.0.0.1:8233\/namespaces\/default\/workflows\/clothes-20260203-7f3a$/m);
  assert.match(text, /✔ Teacher .*78,042 parameters +validation 81.20%/);
  assert.match(text, /labels +14,611 of 18,000 images kept, 3,389 dropped; balanced to 17,350/);
  assert.match(text, /shirt +█+▍░+ +541 of +902 {2}repeated ×3.2/);
  assert.match(text, /training +█+[▏▎▍▌▋▊▉]?░+ {2}412\/800 {3}8.34 steps\/s {3}ETA 0:47/);
  assert.match(text, /loss 0.8123 {3}validation 82.90% {3}best 83.10%/);
  assert.match(text, /○ Student 2 +residual, width 32/);
});

test('an existing teacher is shown by its name, without a training', () => {
  const from = { reference: 'shoes', name: 'shoes@2', modelKey: 'k', weightsHash: 'h' };
  const { progress } = snapshots.training;
  const config = { ...progress.config, teacher: { ...progress.config.teacher, from: 'shoes' } };
  const shown = (generations: readonly GenerationRecord[]) => {
    const snapshot = {
      ...snapshots.training,
      progress: { ...progress, config, details: { ...progress.details, generations } },
    };
    return textsOf(generationsView(snapshot, OPTIONS, 50)).join('\n');
  };
  const text = shown([{ ...teacher, model: { ...teacher.model, steps: 0, trainingSeconds: 0 }, from }]);
  assert.match(text, /✔ Teacher +shoes@2, 78,042 parameters/);
  assert.match(text, /training +none: a copy of shoes@2\n +gate +the first model: version 1/);
  assert.doesNotMatch(text, /NaN/);
  assert.match(shown([]), /Teacher +shoes$/m);
});

test('classes without a confident picture are marked, with a warning', () => {
  const text = view('poor');
  assert.match(text, /ज़ेब्रा.* 0 of +0 {2}missing/);
  assert.match(text, /🐎 horse .*10 of +12 {2}below threshold/);
  assert.match(text, /! no picture was labelled ज़ेब्रा/);
  assert.match(text, /! 3 pictures can’t be read, for example 7\.jpg \(an empty file \(0 bytes\)\)/);
  assert.match(text, /12 copies of other pictures were left out, for example 8\.jpg/);
});

test('lost attempts and problems are shown', () => {
  assert.match(view('poor'), /attempt 3: an earlier one was lost; last checkpoint: step 400/);
  assert.match(view('poor'), /! trainModel, attempt 3 of 20, after: the trainer was ended by SIGKILL/);
  assert.match(view('waiting'), /! no trainer is running: start one with `apprentice up`/);
});

test('a run that waits for a person shows the commands to type', () => {
  assert.match(view('asking'), /\? The gate waits for your decision on student 1:/);
  assert.match(view('asking'), /^ +apprentice approve clothes-20260203-7f3a$/m);
  assert.match(view('asking'), /^ +apprentice reject clothes-20260203-7f3a$/m);
  assert.match(view('asking'), /\+2.30 points on 1,000 images {3}90% interval \+1.10 to \+3.50/);
  assert.match(view('paused'), /^ +apprentice resume clothes-20260203-7f3a$/m);
});

test('a verdict is shown with its evidence and the person who decided', () => {
  const text = view('testing');
  assert.match(text, /promoted as version 2 {3}lower end \+1.10 reaches the margin 0.00/);
  assert.match(text, /not promoted {3}lower end −0.60 is below the margin 0.00/);
  assert.match(text, /rejected by ana: no gain worth its size/);
});

test('a failed run shows the whole reason', () => {
  const text = textsOf(generationsView(snapshots.failed, { ...OPTIONS, columns: 50 }), 50).join(' ');
  assert.match(
    text.replace(/\s+/g, ' '),
    /✘ clothes-20260203-7f3a: step 17: the loss became NaN: lower the learning rate/,
  );
});

test('the view fits a window of any size', () => {
  for (const [name, snapshot] of Object.entries(snapshots)) {
    for (const columns of [20, 40, 80, 120]) {
      for (const rows of [3, 10, 23, 39]) {
        const lines = generationsView(snapshot, { ...OPTIONS, columns }, rows);
        const where = `${name} at ${columns}x${rows}`;
        assert.ok(lines.length <= rows, `${where}: ${lines.length} lines`);
        for (const text of textsOf(lines, columns)) assert.ok(widthOf(text) <= columns, `${where}: ${text}`);
      }
    }
  }
});

test('a small window still shows the progress of the training', () => {
  for (const rows of [7, 10, 15, 23]) assert.match(view('training', rows), /412\/800/, `${rows} rows`);
});

test('bars of classes stand under each other in every script', () => {
  const bars = textsOf(generationsView(snapshots.poor, OPTIONS, 50))
    .filter((text) => / of +\d/.test(text) && !/images kept|attempt/.test(text))
    .map((text) => widthOf(text.slice(0, text.indexOf(' of '))));
  assert.equal(bars.length, 6);
  assert.equal(new Set(bars).size, 1, bars.join(' '));
});
