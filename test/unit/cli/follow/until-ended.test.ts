import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { followUntilEnded } from '../../../../cli/follow/until-ended.js';

type Outcome = { readonly status: 'completed' | 'cancelled' | 'failed'; readonly errorType?: string };

async function exitCode(outcome: Outcome): Promise<number> {
  const work = {
    runId: 'clothes-1',
    async *follow() {
      yield {};
      yield { outcome };
    },
  };
  const shown = { stderr: new PassThrough(), isLive: false, show() {}, end() {}, interruptMessage: [] };
  return (await followUntilEnded<{ readonly outcome?: Outcome }>(work, shown)).exitCode;
}

test('a run that fails by wrong input has the exit code of wrong usage', async () => {
  assert.equal(await exitCode({ status: 'completed' }), 0);
  assert.equal(await exitCode({ status: 'failed', errorType: 'TrainingDivergedError' }), 1);
  assert.equal(await exitCode({ status: 'failed' }), 1);
  assert.equal(await exitCode({ status: 'cancelled' }), 1);
  for (const errorType of ['ConfigurationError', 'DataError', 'ModelError'])
    assert.equal(await exitCode({ status: 'failed', errorType }), 2);
});
