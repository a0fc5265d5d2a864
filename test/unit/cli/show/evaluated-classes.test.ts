import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewOf } from '../../../../cli/methods/commands.js';
import type { MethodView } from '../../../../cli/methods/method-view.js';
import { evaluatedClasses } from '../../../../cli/show/evaluated-classes.js';
import type { Run } from '../../../../client/run.js';
import type { RunSnapshot } from '../../../../client/snapshot.js';
import { ArtifactMissingError } from '../../../../domain/errors.js';
import type { MethodName } from '../../../../domain/methods.js';
import type { FullEvaluation } from '../../../../domain/records.js';
import { openStore } from '../../../../storage/open-store.js';
import { dataset, distillation, snapshots, student, teacher } from '../../../support/sample-snapshots.js';

const MEASURED = { accuracy: 0.8 } as FullEvaluation;

async function classesOf(snapshot: RunSnapshot, run: Pick<Run, 'evaluation'>) {
  const view = (await viewOf(snapshot.progress.config.method)) as MethodView<MethodName>;
  return evaluatedClasses(view, snapshot, run, openStore('/none'));
}

test('the champion of a self-training run is shown class by class, on test images where it was measured', async () => {
  const read: string[] = [];
  const run: Pick<Run, 'evaluation'> = {
    evaluation: async (model, split) => {
      read.push(`${model} on ${split}`);
      return MEASURED;
    },
  };
  const title = 'Classes (Student 1 on test images)';
  const shown = { title, names: dataset.classes, evaluation: MEASURED };
  assert.deepEqual(await classesOf(snapshots.completed, run), shown);
  const { progress } = snapshots.completed;
  const untested = { ...progress, details: { generations: [teacher, student] } };
  await classesOf({ ...snapshots.completed, progress: untested }, run);
  assert.deepEqual(read, ['generation-1 on test', 'generation-1 on validation']);
});

test('without a champion, or without its evaluation in the store, no classes are shown', async () => {
  const gone: Pick<Run, 'evaluation'> = {
    evaluation: () => Promise.reject(new ArtifactMissingError('gone')),
  };
  for (const snapshot of [snapshots.completed, snapshots.preparing, distillation.training]) {
    assert.equal(await classesOf(snapshot, gone), undefined);
  }
});
