import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportedProgress } from '../../../activities/context.js';
import { imageProgress } from '../../../activities/image-progress.js';

test('progress counts the images of all parts', () => {
  const reports: ReportedProgress[] = [];
  const report = (progress: ReportedProgress) => reports.push(progress);
  const { onShard, onProgress, endPart } = imageProgress({ report }, 30);
  onShard();
  onProgress(10);
  endPart(10);
  onProgress(5, 20);
  endPart(20);
  onShard();
  assert.deepEqual(
    reports.map(({ done, total }) => [done, total]),
    [
      [0, 30],
      [10, 30],
      [15, 30],
      [30, 30],
    ],
  );
});

test('work that counts its images itself reports their number as the total', () => {
  const reports: ReportedProgress[] = [];
  const { onProgress } = imageProgress({ report: (progress) => reports.push(progress) });
  onProgress(3, 7);
  assert.deepEqual([reports[0]!.done, reports[0]!.total], [3, 7]);
});
