import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { SelfTrainingReport } from '../../../../domain/methods/self-training.js';
import { openDataset } from '../../../../learning/datasets/open.js';
import { applyTemperature } from '../../../../learning/evaluation/temperature.js';
import { predict } from '../../../../learning/models/predict.js';
import { readFloats } from '../../../../storage/floats.js';
import { generationKeys } from '../../../../storage/keys.js';
import { readModel, readModelCard } from '../../../../storage/models.js';
import { clothes, running, storeOf, studentFolder } from './shared.js';

describe('calibration', () => {
  /** Of fewClothesConfig. */
  const SHARD = 120;
  const MAIN = fileURLToPath(new URL('../../../../cli/main.js', import.meta.url));

  let trained: SelfTrainingReport;

  before(async () => {
    trained = await clothes();
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
    const [key] = await store.list(generationKeys('clothes', 1).shard(0));
    const written = await readFloats(store, key!, SHARD * classes);
    for (const [index, value] of expected.entries()) {
      assert.ok(Math.abs(written[index]! - value) < 1e-5, `value ${index}: ${written[index]}, not ${value}`);
    }
  });

  test('the calibration of a model is drawn without a server', async () => {
    const out = join(running.home, 'reliability.png');
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [MAIN, 'calibration', await studentFolder(), '--out', out, '--json'],
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
});
