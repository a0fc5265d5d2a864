import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledFailure } from '@temporalio/common';
import type { Stage } from '../../../domain/run.js';
import { Stages } from '../../../workflows/stages.js';

function recorded(before: readonly Stage[] = []) {
  const seen: (string | undefined)[] = [];
  const stages: Stages = new Stages(before, () => seen.push(stages.current));
  return { stages, seen };
}

const shown = (stages: Stages) =>
  stages.list.map(({ name, status, note, parts }) => [
    name,
    status,
    note,
    parts?.map((part) => `${part.name}: ${part.status}`),
  ]);

test('a stage shows its parts one after another, and a note at its end', async () => {
  const { stages, seen } = recorded();
  await stages.run(
    'student 1',
    async (stage) => {
      stage.part('training');
      stage.part('gate');
      return 0.9;
    },
    (accuracy) => `${accuracy}`,
  );
  assert.deepEqual(shown(stages), [['student 1', 'done', '0.9', ['training: done', 'gate: done']]]);
  assert.deepEqual(seen, ['student 1', 'student 1: training', 'student 1: gate', undefined]);
  assert(stages.list[0]!.endedAt);
});

test('a failed stage is shown as failed, a cancelled one as stopped, their open parts too', async () => {
  const { stages } = recorded();
  const end = (error: Error) => (stage: { part(name: string): void }) => {
    stage.part('training');
    return Promise.reject(error);
  };
  await assert.rejects(stages.run('one', end(new Error('lost'))), /lost/);
  await assert.rejects(stages.run('two', end(new CancelledFailure('cancelled'))), /cancelled/);
  assert.deepEqual(shown(stages), [
    ['one', 'failed', undefined, ['training: failed']],
    ['two', 'stopped', undefined, ['training: stopped']],
  ]);
});

test('stages side by side end on their own, after those of the history before', async () => {
  const { stages } = recorded([{ name: 'before', status: 'done', startedAt: '2026-01-01T00:00:00.000Z' }]);
  let end!: () => void;
  const slow = stages.run('slow', () => new Promise<void>((resolve) => (end = resolve)));
  await stages.run('quick', async () => undefined);
  assert.equal(stages.current, 'slow');
  end();
  await slow;
  assert.deepEqual(
    stages.list.map(({ name, status }) => [name, status]),
    [
      ['before', 'done'],
      ['slow', 'done'],
      ['quick', 'done'],
    ],
  );
});
