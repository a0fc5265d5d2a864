import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { EvaluateReport } from '../../../../domain/methods/evaluate.js';
import { callApprentice } from '../../../support/call-apprentice.js';
import {
  assertRefused,
  type Change,
  clothes,
  execution,
  type MethodConfig,
  reportOfKilled,
  running,
  storeOf,
} from './shared.js';

describe('evaluation', () => {
  before(clothes);

  function configOf(change: Change<'evaluate'> = {}): MethodConfig<'evaluate'> {
    return {
      method: 'evaluate',
      name: 'measured',
      data: running.config.data,
      model: 'few-clothes@1',
      execution,
      ...change,
    };
  }

  test('`apprentice run` of an evaluation writes report, classes and confusions of the images', async () => {
    const file = join(running.home, 'evaluate.yaml');
    await writeFile(file, JSON.stringify(configOf()));
    const folder = join(running.home, 'evaluated');
    const called = await callApprentice(running.home, ['run', file, '--id', 'evaluated', '--out', folder]);
    assert.equal(called.code, 0, called.stderr);
    const files = ['classes.csv', 'confusion.csv', 'confusion.png', 'report.json'];
    assert.deepEqual((await readdir(folder)).sort(), files);

    const report = (await running.apprentice.run<'evaluate'>('evaluated').report()) satisfies EvaluateReport;
    assert.deepEqual(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')), report);
    const [teacher] = (await clothes()).generations;
    assert.deepEqual(report.evaluation, teacher!.test);
    assert.equal(report.startedFrom?.[0]?.name, 'few-clothes@1');

    const { record: full } = JSON.parse(Buffer.from(await storeOf().read(report.evaluationKey)).toString());
    const { perClass, confusion, ...evaluation } = full;
    assert.deepEqual(evaluation, report.evaluation);
    assert.deepEqual(await running.apprentice.run('evaluated').evaluation('model', 'test'), full);
    assert.equal(perClass.length, report.classNames.length);
    const ofClass = (perClass as { images: number }[]).map(({ images }) => images);
    assert.deepEqual(
      (confusion as number[][]).map((row) => row.reduce((sum, count) => sum + count)),
      ofClass,
    );
    assert.equal(
      ofClass.reduce((sum, images) => sum + images),
      report.evaluation.images,
    );
  });

  test('killed, an evaluation on validation images is as its training has measured it', async () => {
    const { evaluation, calibratedError, split } = await reportOfKilled(
      'on-validation',
      configOf({ split: 'validation' }),
      ({ progress, activities }) =>
        progress.stages.at(-1)?.name === 'measure on validation' && activities.length > 0,
    );
    const { model } = (await clothes()).generations[0]!;
    assert.equal(split, 'validation');
    assert.deepEqual(evaluation, model.validation);
    assert.ok(Math.abs(calibratedError - model.calibratedError) < 1e-6);
  });

  test('an evaluation without a model or images is refused, by the name of its field', async () => {
    const { test: _, ...withoutTest } = running.config.data;
    await assertRefused(undefined, {
      'evaluate-nobody': [configOf({ model: 'nobody' }), /model: received "nobody", expected a folder/],
      'evaluate-nothing': [configOf({ data: withoutTest }), /data\.test: received no images/],
    });
  });
});
