import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { saveRobustness } from '../../../cli/methods/robustness/save.js';
import type { MethodConfigInput } from '../../../domain/method-types.js';
import type { RobustnessReport } from '../../../domain/methods/robustness.js';
import type { RunReport } from '../../../domain/records.js';
import { openDataset } from '../../../learning/datasets/open.js';
import { applyTemperature } from '../../../learning/evaluation/temperature.js';
import { predict } from '../../../learning/models/predict.js';
import { readFloats } from '../../../storage/floats.js';
import { generationKeys } from '../../../storage/keys.js';
import { readModel, readModelCard } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { logsOf, type RunningApprentice, startApprentice } from '../../support/running-apprentice.js';

/** Of fewClothesConfig. */
const SHARD = 120;
const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));

let running: RunningApprentice;
let trained: RunReport;
let student: string;
let report: RobustnessReport;
const storeOf = () => openStore(join(running.home, 'store'));

before(async () => {
  running = await startApprentice();
  const { config, home, apprentice } = running;
  const run = await apprentice.start({ ...config, calibration: 'temperature' }, { runId: 'clothes' });
  trained = await run.result().catch(async (error) => {
    throw new Error(await logsOf(home), { cause: error });
  });
  student = join(home, 'store', generationKeys('clothes', 1).model);
  report = await measured('measured');
});
after(() => running.close());

function configOf(change: Partial<MethodConfigInput<'robustness'>> = {}): MethodConfigInput<'robustness'> {
  return {
    name: 'robust',
    data: running.config.data,
    baseline: 'few-clothes@1',
    models: [student],
    corruptions: ['gaussian-noise', 'jpeg', 'contrast'],
    severities: [1, 5],
    images: 60,
    execution: { heartbeatSeconds: 8 },
    ...change,
  };
}

async function measured(
  runId: string,
  change: Partial<MethodConfigInput<'robustness'>> = {},
): Promise<RobustnessReport> {
  const method = await running.apprentice.begin('robustness', configOf(change), { runId });
  return method.result().catch(async (error) => {
    throw new Error(await logsOf(running.home), { cause: error });
  });
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
  assert.match(report.summary, /few-clothes@1: accuracy .* on clean pictures, .*Baseline: /);
});

test('on all test images, a clean model is as good as its run has measured it', async () => {
  const { models } = await measured('whole', { images: 1000, corruptions: ['pixelate'], severities: [1] });
  const generations = trained.generations.map(({ test: onTest }) => onTest!.accuracy);
  assert.deepEqual(
    models.map(({ clean }) => clean.accuracy),
    generations,
  );
});

test('killed while it measures, it comes to the same', async () => {
  const method = await running.apprentice.begin('robustness', configOf({ name: 'two' }), {
    runId: 'disturbed',
  });
  for await (const { steps } of method.follow({ intervalMs: 50, signal: AbortSignal.timeout(90_000) })) {
    if (steps.some(({ activity }) => activity === 'evaluate')) break;
  }
  process.kill(await running.pidOf('trainer-1'), 'SIGKILL');
  const { models } = (await method.result()) as RobustnessReport;
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

test('what does not fit is refused before any measurement, by the name of its field', async () => {
  const refused = async (
    runId: string,
    change: Partial<MethodConfigInput<'robustness'>>,
    message: RegExp,
  ) => {
    const method = await running.apprentice.begin('robustness', configOf(change), { runId });
    await assert.rejects(method.result(), message);
    const { stages } = await method.progress();
    assert.ok(!stages.some(({ name }) => name === 'jpeg'));
  };
  const { data } = running.config;
  const { test: _, ...withoutTest } = data;
  // One model alone: of several, whichever is measured first is named.
  await refused(
    'other-size',
    { data: { ...data, image: { width: 20, height: 20 } }, baseline: student },
    /models\[0\]: received .*, which takes 28 x 28 pictures in gray, expected a model for the data's 20 x 20/,
  );
  await refused('nobody', { baseline: 'nobody' }, /baseline: received "nobody", expected a folder/);
  await refused(
    'nobodys',
    { models: [student, 'nobody'] },
    /models\[1\]: received "nobody", expected a folder/,
  );
  await refused('no-test', { data: withoutTest }, /data\.test: received no images/);
});

test('every training ends with a temperature, kept in the record and with the model', async () => {
  const store = storeOf();
  for (const { model } of trained.generations) {
    assert.ok(model.temperature! > 0);
    assert.ok(model.calibratedError! >= 0);
    assert.equal((await readModelCard(store, model.modelKey)).temperature, model.temperature);
  }
});

test('pseudo-labels are as sure as the teacher’s temperature says', async () => {
  const store = storeOf();
  const { dataset, generations } = trained;
  const { modelKey, temperature } = generations[0]!.model;
  const { unlabelled } = await openDataset(dataset, store);
  const [model, classes, count] = [await readModel(store, modelKey), dataset.classes.length, 20];
  const said = await predict({ model, images: unlabelled, first: 0, count });
  const expected = applyTemperature(said, temperature!, classes);
  assert.notDeepEqual(expected, said);
  // The first shard begins with them.
  const written = await readFloats(store, generationKeys('clothes', 1).shard(0), SHARD * classes);
  for (const [index, value] of expected.entries()) {
    assert.ok(Math.abs(written[index]! - value) < 1e-5, `value ${index}: ${written[index]}, not ${value}`);
  }
});

test('the calibration of a model is drawn without a server', async () => {
  const out = join(running.home, 'reliability.png');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [MAIN, 'calibration', student, '--out', out, '--json'],
    {
      encoding: 'utf8',
      env: { ...process.env, APPRENTICE_HOME: running.home, TEMPORAL_ADDRESS: '127.0.0.1:1' },
    },
  );
  assert.equal(status, 0, stderr);
  const said = JSON.parse(stdout);
  const { validation, temperature, calibratedError } = trained.generations[1]!.model;
  assert.equal(said.images, validation.images);
  assert.equal(said.temperature, temperature);
  assert.ok(Math.abs(said.before.calibrationError - validation.calibrationError) < 1e-9);
  assert.ok(Math.abs(said.after.calibrationError - calibratedError!) < 1e-9);
  assert.match(stderr, /reliability\.png: \d+ x \d+ pixels/);
  assert.equal((await sharp(out).metadata()).format, 'png');
});
