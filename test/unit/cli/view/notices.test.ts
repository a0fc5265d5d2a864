import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noticeLines } from '../../../../cli/view/notices.js';
import { distillation, snapshots } from '../../../support/sample-snapshots.js';
import { OPTIONS, textsOf } from './text-of-view.js';

test('the open question of any method is shown with the commands that answer it', () => {
  for (const snapshot of [snapshots.asking, distillation.asking]) {
    const { runId, question } = snapshot.progress;
    assert.deepEqual(textsOf(noticeLines(snapshot, OPTIONS)), [
      `? The gate waits for your decision on ${question.about}:`,
      `    apprentice approve ${runId}`,
      `    apprentice reject ${runId}`,
    ]);
  }
});

test('commands that ask the server use the way to call it', () => {
  const options = { ...OPTIONS, serverCommand: 'APPRENTICE_HOME=demo apprentice' };
  const [, resume] = textsOf(noticeLines(snapshots.paused, options));
  assert.equal(resume, '    APPRENTICE_HOME=demo apprentice resume clothes-20260203-7f3a');
});

test('a very long problem is shortened; the reason of a full disk is shown whole', () => {
  const problems = ['a process was lost; its last lines: '.repeat(60)];
  const lines = textsOf(noticeLines({ ...snapshots.training, problems }, OPTIONS));
  assert.equal(lines.length, 12);
  assert.match(lines.at(-1)!, /…$/);
  const full = `trainModel, attempt 2 of 100 begins at 04:05:06 UTC, last failure: ${'the disk is full '.repeat(15)}: make space: delete runs`;
  const whole = textsOf(noticeLines({ ...snapshots.training, problems: [full] }, OPTIONS));
  assert.match(whole.at(-1)!, /delete runs$/);
});
