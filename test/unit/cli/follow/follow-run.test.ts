import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { followRun } from '../../../../cli/follow/follow-run.js';
import type { Apprentice } from '../../../../client/apprentice.js';
import type { Run } from '../../../../client/run.js';
import type { RunSnapshot } from '../../../../client/snapshot.js';
import { distillation, RUN_ID, snapshots } from '../../../support/sample-snapshots.js';

const apprentice = { storeUrl: 'file:///home/ana/store' } as Apprentice;

/** A run whose snapshots are these. */
function runOf(all: readonly RunSnapshot[], beforeEnd: () => Promise<void> = async () => {}): Run {
  async function* follow() {
    yield* all;
    await beforeEnd();
  }
  return { runId: RUN_ID, follow } as unknown as Run;
}

async function follow(run: Run, json = false) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdout, stderr, json, command: 'apprentice' } as unknown as Parameters<typeof followRun>[2];
  const { exitCode: code } = await followRun(apprentice, run, io);
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), errors: await text(stderr) };
}

test('a completed run ends with its table and exit code 0', async () => {
  const { code, out, errors } = await follow(runOf([snapshots.training, snapshots.completed]));
  assert.equal(code, 0);
  assert.equal(errors, '');
  assert.match(out, /Student 1: gate .*promoted as version 2/);
  assert.match(out, /Teacher +80.68%/);
  assert.match(out, /apprentice predict .*generation-1\/model PICTURE/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what may not be in a file
  assert.doesNotMatch(out, /\u001b/);
});

test('a failed run ends with its reason on the error output and exit code 1', async () => {
  const { code, errors } = await follow(runOf([snapshots.failed]));
  assert.equal(code, 1);
  assert.match(errors, /the loss became NaN/);
});

test('Ctrl-C ends following with 130 and prints the command to come back', async () => {
  const run = runOf([snapshots.training], () => {
    setTimeout(() => process.emit('SIGINT'), 10);
    // A server that doesn't answer.
    return new Promise(() => undefined);
  });
  const { code, errors } = await follow(run);
  assert.equal(code, 130);
  assert.match(errors, new RegExp(`continues. Follow it again: apprentice follow ${RUN_ID}`));
  assert.equal(process.listenerCount('SIGINT'), 0);
});

test('with --json each line is JSON', async () => {
  const { out } = await follow(runOf([snapshots.training, snapshots.training, snapshots.completed]), true);
  const lines = out.trim().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).progress.status),
    ['running', 'completed'],
  );
});

test('a log of a run that waits for a person has the commands to type, whatever its method', async () => {
  for (const snapshot of [snapshots.asking, distillation.asking]) {
    const { out } = await follow(runOf([snapshot, { ...snapshots.failed, problems: [] }]));
    const { runId, question } = snapshot.progress;
    assert.match(
      out,
      new RegExp(
        `The gate waits for your decision on ${question.about}:\\n +apprentice approve ${runId}$`,
        'm',
      ),
    );
  }
});
