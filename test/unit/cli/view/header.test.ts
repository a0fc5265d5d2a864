import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerLines } from '../../../../cli/view/header.js';
import { distillation, snapshots } from '../../../support/sample-snapshots.js';
import { OPTIONS, textsOf } from './text-of-view.js';

test('the first line has the run, its method, its status and its age', () => {
  const first = (snapshot: Parameters<typeof headerLines>[0]) =>
    textsOf(headerLines(snapshot, OPTIONS, false))[0]!.split(/ {2,}/);
  assert.deepEqual(first(snapshots.training), ['clothes-20260203-7f3a', 'self-training', 'running', '4:12']);
  assert.deepEqual(first(distillation.asking), [
    'clothes-small-20260203-1b2c',
    'distill',
    'awaiting approval',
    '4:12',
  ]);
  // The age of a run that has ended stays.
  assert.deepEqual(first(snapshots.completed), [
    'clothes-20260203-7f3a',
    'self-training',
    'completed',
    '5:31',
  ]);
});
