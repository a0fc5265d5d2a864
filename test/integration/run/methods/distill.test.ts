import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { DistillReport } from '../../../../domain/methods/distill.js';
import { modelKeys } from '../../../../storage/keys.js';
import { champion } from '../../../../storage/registry.js';
import { smallDistillation, someClasses } from '../../../support/small-teaching.js';
import {
  assertRefused,
  type Change,
  clothes,
  execution,
  reportOf,
  reportOfKilled,
  running,
  storeOf,
} from './shared.js';

describe('distillation', () => {
  const configOf = (change: Change<'distill'> = {}) => smallDistillation(running, { execution, ...change });
  /** With features and teachers in each step. */
  const SAME_VIEWS = { features: { weight: 10 } };

  let report: DistillReport;

  before(async () => {
    await clothes();
    report = await reportOf('same-views', configOf(SAME_VIEWS));
  });

  test('a student learns from its teacher, is compared with it, and enters a line of its own', async () => {
    const { validation, test: measured, model, version, summary } = report;
    assert.ok(validation.parameterRatio > 2 && validation.sizeRatio > 1);
    assert.equal(validation.images, 100);
    assert.equal(measured!.images, 100);
    assert.equal(validation.student.accuracy, model.validation.accuracy);
    assert.equal(validation.teacher.accuracy, report.teacherValidation.accuracy);
    assert.ok(validation.agreement > 0.1);
    assert.equal(version, 1);
    assert.match(summary, /its teacher/);
    const entered = await champion(storeOf(), 'small');
    assert.equal(entered?.runId, 'same-views');
    const folder = join(running.home, 'store', model.modelKey);
    const files = await Promise.all((await readdir(folder)).map((file) => stat(join(folder, file))));
    assert.equal(
      validation.student.bytes,
      files.reduce((sum, { size }) => sum + size, 0),
    );
  });

  test('a student of two teachers learns from their recorded hard predictions on unlabelled images alone', async () => {
    const mimicry = await reportOf(
      'mimicry',
      configOf({
        ...{ learnFrom: 'unlabelled', views: 'recorded', targets: 'hard' },
        teachers: ['few-clothes', 'few-clothes@1'],
        gate: { reigning: 'replace' },
        training: { steps: 10, batchSize: 16, evaluations: 1, unlabelledRatio: 1 },
      }),
    );
    assert.equal(mimicry.teachers.length, 2);
    assert.deepEqual([mimicry.version, mimicry.reigning], [2, undefined], 'replaces the champion uncompared');
    const store = storeOf();
    const { responses } = modelKeys('mimicry', 'teachers');
    assert.equal((await store.list(responses('unlabelled'))).length, 1);
    assert.deepEqual(await store.list(responses('labelled')), []);
  });

  test('a distillation whose trainer is killed in the training comes to the same student', async () => {
    const killed = await reportOfKilled(
      'distillation-killed',
      configOf({ ...SAME_VIEWS, name: 'two' }),
      ({ activities }) => activities.some(({ activity, done }) => activity === 'train' && done > 3),
    );
    assert.equal(killed.model.weightsHash, report.model.weightsHash);
  });

  test('a distillation that cannot be is refused before any training, by the name of its field', async () => {
    const { data } = running.config;
    const { labelsPerClass: _, ...all } = data;
    await assertRefused('train the student', {
      'other-classes': [
        configOf({ data: { ...data, labelled: someClasses(running, ['bag', 'coat']) } }),
        /teachers\[0\]: received few-clothes .*with the classes .*expected those of the data, bag, coat: transfer the model to these classes, or correct data\.labelled/,
      ],
      'other-size': [
        configOf({ data: { ...data, image: { width: 20, height: 20 } } }),
        /teachers\[0\]: .*takes 28 x 28 pictures in gray, expected a model for the data's 20 x 20/,
      ],
      'no-teacher': [
        configOf({ teachers: ['few-clothes', 'nobody'] }),
        /teachers\[1\]: received "nobody", expected a folder/,
      ],
      'nothing-unlabelled': [
        configOf({ data: { ...all, labelsPerClass: 'all' }, learnFrom: 'unlabelled' }),
        /data\.unlabelled: received no images/,
      ],
    });
  });
});
