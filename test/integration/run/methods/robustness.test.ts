import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import sharp from 'sharp';
import { saveRobustness } from '../../../../cli/methods/robustness/save.js';
import type { RobustnessReport } from '../../../../domain/methods/robustness.js';
import {
  assertRefused,
  type Change,
  clothes,
  execution,
  type MethodConfig,
  reportOf,
  reportOfKilled,
  running,
  storeOf,
  studentFolder,
} from './shared.js';

describe('robustness', () => {
  let report: RobustnessReport;
  let student: string;

  before(async () => {
    student = await studentFolder();
    report = await reportOf('measured', configOf());
  });

  function configOf(change: Change<'robustness'> = {}): MethodConfig<'robustness'> {
    return {
      method: 'robustness',
      name: 'robust',
      data: running.config.data,
      baseline: 'few-clothes@1',
      models: [student],
      corruptions: ['gaussian-noise', 'jpeg', 'contrast'],
      severities: [1, 5],
      images: 60,
      execution,
      ...change,
    };
  }

  test('every model is measured clean and under each corruption, relative to the baseline', () => {
    const [teacher, other] = report.models;
    assert.deepEqual([teacher!.reference, other!.reference], ['few-clothes@1', student]);
    assert.equal(report.images, 60);
    for (const { corrupted } of report.models) {
      assert.deepEqual(
        corrupted.map(({ corruption, severity }) => `${corruption} ${severity}`),
        ['gaussian-noise 1', 'gaussian-noise 5', 'jpeg 1', 'jpeg 5', 'contrast 1', 'contrast 5'],
      );
      assert.ok(corrupted.every(({ accuracy }) => accuracy >= 0 && accuracy <= 1));
    }
    assert.equal(teacher!.errors.meanCorruptionError, 1);
    assert.ok(other!.errors.meanCorruptionError! > 0);
    assert.match(
      report.summary,
      /on clean pictures, .*Baseline: few-clothes@1: accuracy .* on clean pictures/,
    );
  });

  test('on all test images, a clean model is as good as its run has measured it', async () => {
    const { models } = await reportOf(
      'whole',
      configOf({ images: 1000, corruptions: ['pixelate'], severities: [1] }),
    );
    const { generations } = await clothes();
    assert.deepEqual(
      models.map(({ clean }) => clean.accuracy),
      generations.map(({ test: onTest }) => onTest!.accuracy),
    );
  });

  test('a measurement whose trainer is killed comes to the same', async () => {
    const { models } = await reportOfKilled(
      'measurement-killed',
      configOf({ name: 'two' }),
      ({ activities }) => activities.some(({ activity, done }) => activity === 'evaluate' && done > 0),
    );
    assert.deepEqual(models, report.models);
  });

  test('the report is written out with its pictures', async () => {
    const folder = join(running.home, 'robustness');
    await saveRobustness(report, folder, storeOf());
    assert.deepEqual((await readdir(folder)).sort(), ['corruptions.png', 'curves.png', 'report.json']);
    assert.deepEqual(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')), report);
    for (const name of ['corruptions.png', 'curves.png']) {
      assert.ok((await sharp(join(folder, name)).metadata()).width! > 300, name);
    }
  });

  test('a measurement that cannot be is refused, by the name of its field', async () => {
    const { data } = running.config;
    const { test: _, ...withoutTest } = data;
    await assertRefused('jpeg', {
      // One model alone: of several, whichever is measured first is named.
      'robust-size': [
        configOf({ data: { ...data, image: { width: 20, height: 20 } }, baseline: student }),
        /models\[0\]: received .*, which takes 28 x 28 pictures in gray, expected a model for the data's 20 x 20/,
      ],
      'no-baseline': [configOf({ baseline: 'nobody' }), /baseline: received "nobody", expected a folder/],
      'no-model': [
        configOf({ models: [student, 'nobody'] }),
        /models\[1\]: received "nobody", expected a folder/,
      ],
      'no-test': [configOf({ data: withoutTest }), /data\.test: received no images/],
    });
  });
});
