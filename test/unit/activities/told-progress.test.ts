import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportedProgress } from '../../../activities/step-context.js';
import { toldProgress } from '../../../activities/told-progress.js';

test('progress goes on over the parts of the work, in images of all', () => {
  const told: ReportedProgress[] = [];
  const report = (progress: ReportedProgress) => told.push(progress);
  const { onShard, onProgress, endPart } = toldProgress({ report }, { total: 30 });
  onShard();
  onProgress(10);
  endPart(10);
  onProgress(5, 20);
  endPart(20);
  onShard();
  assert.deepEqual(
    told.map(({ done, total }) => [done, total]),
    [
      [0, 30],
      [10, 30],
      [15, 30],
      [30, 30],
    ],
  );
  assert.deepEqual([told[0]!.activity, told[0]!.generation], ['evaluate', 0]);
});

test('work that counts its images itself says of how many', () => {
  const told: ReportedProgress[] = [];
  const { onProgress } = toldProgress({ report: (progress) => told.push(progress) });
  onProgress(3, 7);
  assert.deepEqual([told[0]!.done, told[0]!.total], [3, 7]);
});
