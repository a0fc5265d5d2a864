import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { someClasses } from '../../../support/small-teaching.js';
import {
  assertRefused,
  type Change,
  execution,
  type MethodConfig,
  OTHER_CLASSES,
  reportOf,
  running,
  transferred,
} from './shared.js';

describe('an existing model as teacher', () => {
  before(transferred);

  function configOf(change: Change<'self-training'>): MethodConfig<'self-training'> {
    const { teacher: _, student, data, ...config } = running.config;
    return {
      ...config,
      method: 'self-training',
      data: { ...data, labelled: someClasses(running, OTHER_CLASSES) },
      student: { ...student, steps: 20, evaluations: 2, checkpointSeconds: 3600 },
      execution,
      ...change,
    };
  }

  test('the model of a transfer is the teacher of a run: measured, not trained, and students learn from it', async () => {
    const report = await reportOf('students', configOf({ name: 'students', teacher: { from: 'other' } }));
    const [teacher, student] = report.generations;
    assert.equal(teacher?.from?.name, 'other@1');
    assert.equal(teacher.model.weightsHash, teacher.from.weightsHash);
    assert.deepEqual(report.startedFrom, [teacher.from]);
    assert.deepEqual([teacher.model.steps, teacher.promoted, teacher.version], [0, true, 1]);
    assert.deepEqual([teacher.model.validation.images, teacher.test?.images], [20, 20]);
    assert.equal(student?.pseudoLabels?.images, 40);
    assert.equal(student.verdict?.championAccuracy, teacher.model.validation.accuracy);
    assert.equal(student.test?.images, 20);
  });

  test('a teacher from the run’s own line keeps its version, and students have to beat it', async () => {
    const gate = { margin: 1 };
    const report = await reportOf(
      'students-of-own-line',
      configOf({ name: 'other', teacher: { from: 'other' }, gate }),
    );
    const [teacher, student] = report.generations;
    assert.deepEqual([teacher?.version, teacher?.reigning], [1, undefined]);
    assert.deepEqual([student?.promoted, student?.version], [false, undefined]);
    assert.equal((await running.apprentice.champion('other'))?.runId, 'head');
  });

  test('a teacher of other classes is refused before the pictures are read', async () => {
    await assertRefused('prepare the data set', {
      'wrong-teacher': [
        configOf({ name: 'wrong', teacher: { from: 'old' } }),
        /teacher\.from: received old .*with the classes bag, sandal, trouser/,
      ],
      'no-such-teacher': [
        configOf({ name: 'nobody', teacher: { from: 'nobody' } }),
        /teacher\.from: received "nobody"/,
      ],
    });
  });
});
