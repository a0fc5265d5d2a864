import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonRenderer } from '../../../../cli/follow/json-renderer.js';
import type { RunSnapshot } from '../../../../client/snapshot.js';
import { distillation, snapshots } from '../../../support/sample-snapshots.js';

function linesOf(all: readonly RunSnapshot[]) {
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  const renderer = jsonRenderer(output);
  for (const snapshot of all) renderer.show(structuredClone(snapshot));
  return written.map((line) => JSON.parse(line));
}

test('JSON lines come when something has changed, with the configuration once', () => {
  const lines = linesOf([snapshots.training, snapshots.training, snapshots.paused]);
  assert.equal(lines.length, 2);
  assert.equal(lines[0].progress.config.name, 'clothes');
  assert.deepEqual([lines[1].progress.status, lines[1].progress.config], ['paused', undefined]);
});

test('a run of any method has the same JSON fields', () => {
  const [self, distill] = linesOf([snapshots.asking, distillation.asking]);
  for (const { progress } of [self, distill]) {
    assert.equal(progress.status, 'awaiting-approval');
    assert.equal(progress.question.verdict.passes, true);
    assert.ok(progress.stages.length > 0);
  }
  assert.equal(self.progress.config.method, 'self-training');
});
