import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { applyTemperature } from '../../../learning/evaluation/temperature.js';
import { buildNetwork } from '../../../learning/models/network.js';
import { predict } from '../../../learning/models/predict.js';
import { storeModel } from '../../../learning/models/serialisation.js';
import { writeModel } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { encodePicture, noise, place } from '../../support/picture-files.js';

const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));
const SHAPE = { height: 8, width: 8, channels: 1 } as const;
const CLASSES = ['ankle boot', 'bag', 'シャツ'];

describe('apprentice predict', () => {
  let folder: string;
  let expected: Float32Array;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apprentice-predict-'));
    const needs = { image: SHAPE, classes: CLASSES.length, dropout: 0.2, stochasticDepth: 0.2, seed: 1 };
    const network = await buildNetwork(
      { kind: 'residual', width: 4, stages: 2, blocksPerStage: 1, stem: 'auto' },
      needs,
    );
    const model = await storeModel(network);
    network.dispose();
    await writeModel(openStore(folder), 'model', model, {
      ...{ runId: 'r', generation: 0, classes: CLASSES, image: SHAPE, fit: 'cover', temperature: 1 },
    });
    await writeModel(openStore(folder), 'modest/model', model, {
      ...{ runId: 'r', generation: 0, classes: CLASSES, image: SHAPE, fit: 'cover', temperature: 4 },
    });
    for (const number of [1, 2]) await place(join(folder, `${number}.png`), await encodePicture(number));
    expected = await predict({
      model,
      first: 0,
      count: 2,
      images: {
        ...{ shape: SHAPE, count: 2, label: () => 0 },
        copy: (position, target, offset) => target.set(noise(position + 1, 64), offset),
      },
    });
  });

  after(() => rm(folder, { recursive: true, force: true }));

  function run(...args: string[]) {
    return spawnSync(process.execPath, [MAIN, 'predict', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, APPRENTICE_HOME: join(folder, 'home'), TEMPORAL_ADDRESS: '127.0.0.1:1' },
    });
  }

  it('prints the model’s predictions for the same pixels, without a server', () => {
    const { stdout, status } = run('model', '1.png', '2.png', '--json', '--top', '9');
    assert.equal(status, 0);
    const { images } = JSON.parse(stdout);
    for (const [index, { image, guesses }] of images.entries()) {
      assert.equal(image, `${index + 1}.png`);
      for (const { class: name, probability } of guesses) {
        const own = expected[index * CLASSES.length + CLASSES.indexOf(name)]!;
        assert.ok(Math.abs(probability - own) < 1e-6, `${name}: ${probability}, not ${own}`);
      }
    }
  });

  it('applies the temperature of the model', () => {
    const { stdout } = run('modest/model', '1.png', '2.png', '--json', '--top', '9');
    const calibrated = applyTemperature(expected, 4, CLASSES.length);
    for (const [index, { guesses }] of JSON.parse(stdout).images.entries()) {
      for (const { class: name, probability } of guesses) {
        const own = calibrated[index * CLASSES.length + CLASSES.indexOf(name)]!;
        assert.ok(Math.abs(probability - own) < 1e-6, `${name}: ${probability}, not ${own}`);
      }
    }
  });

  it('predicts among selected classes', () => {
    const some = ['ankle boot', 'シャツ'];
    const { stdout, status } = run(
      ...['modest/model', '1.png', '2.png', '--json', '--top', '9', '--classes', some.toReversed().join(',')],
    );
    assert.equal(status, 0);
    const { classes, images } = JSON.parse(stdout);
    assert.deepEqual(classes, some);
    const calibrated = applyTemperature(expected, 4, CLASSES.length);
    for (const [index, { guesses }] of images.entries()) {
      const own = some.map((name) => calibrated[index * CLASSES.length + CLASSES.indexOf(name)]!);
      const sum = own.reduce((total, one) => total + one, 0);
      assert.deepEqual(guesses.map((guess: { class: string }) => guess.class).sort(), some.toSorted());
      for (const { class: name, probability } of guesses) {
        const share = own[some.indexOf(name)]! / sum;
        assert.ok(Math.abs(probability - share) < 1e-6, `${name}: ${probability}, not ${share}`);
      }
    }
  });

  it('refuses an unknown class as wrong usage, before any picture is looked at', () => {
    const { stdout, stderr, status } = run('model', '1.png', '--classes', 'bag', '--classes', 'ankel boot');
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^error: --classes: received "ankel boot" \(did you mean ankle boot\?\), expected classes of model: /,
    );
  });

  it('answers for the pictures that it can read, and fails for the others by name', () => {
    const { stdout, stderr, status } = run('model', 'gone.png', '2.png', '--top', '1');
    assert.equal(status, 1);
    assert.match(stdout, /^PICTURE +CLASS +PROBABILITY +THEN\n2\.png +(ankle boot|bag|シャツ) +\d+\.\d%\n$/);
    assert.match(stderr, /^gone\.png: no such file$/m);
    assert.doesNotMatch(stderr, /tensorflow|at file:/i);
  });

  it('refuses an unknown model as wrong usage', () => {
    const { stdout, stderr, status } = run('clothes', '1.png');
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^error: model: received "clothes", expected a folder with model\.json/);
  });

  it('refuses a model whose classes were exchanged in model.json, by the name of the file', async () => {
    await cp(join(folder, 'model'), join(folder, 'edited'), { recursive: true });
    const file = join(folder, 'edited', 'model.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"ankle boot",(\s*)"bag"/, '"bag",$1"ankle boot"'));
    const { stdout, stderr, status } = run('edited', '1.png');
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(
      stderr,
      /^error: artifact "edited\/model\.json" in .*it was changed or damaged .*Restore it/,
    );
  });
});
