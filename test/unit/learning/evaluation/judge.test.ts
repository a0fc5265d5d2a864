import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { test } from 'node:test';
import { gateConfig } from '../../../../domain/config/gate.js';
import { keyedRandom } from '../../../../domain/random.js';
import { judge } from '../../../../learning/evaluation/judge.js';

const IMAGES = 1000;
const labels = new Int32Array(IMAGES);

/** Two-class predictions that are correct for the images in `right`. */
function predictions(right: (image: number) => boolean): Float32Array {
  return Float32Array.from({ length: IMAGES * 2 }, (_, index) => {
    const isFirst = index % 2 === 0;
    return right(Math.floor(index / 2)) === isFirst ? 0.9 : 0.1;
  });
}

const ask = (champion: Float32Array, challenger: Float32Array, gate = {}) =>
  judge({ champion, challenger, labels, classes: 2, gate: gateConfig.parse(gate), seed: 1 });

test('a clearly better challenger passes, with the evidence', async () => {
  const verdict = await ask(
    predictions((image) => image % 10 < 7),
    predictions((image) => image % 10 < 8),
  );
  assert.equal(verdict.passes, true);
  assert.equal(verdict.championAccuracy, 0.7);
  assert.equal(verdict.challengerAccuracy, 0.8);
  assert.ok(Math.abs(verdict.difference - 0.1) < 1e-12);
  assert.ok(verdict.interval[0] > 0.07 && verdict.interval[1] < 0.13);
  assert.match(verdict.reason, /\+10\.00% on 1000 validation images/);
});

test('an insignificant difference does not pass', async () => {
  const random = keyedRandom(4);
  const coins = Array.from({ length: IMAGES * 2 }, () => random.uniform());
  const verdict = await ask(
    predictions((image) => coins[image]! < 0.8),
    predictions((image) => coins[IMAGES + image]! < 0.805),
  );
  assert.equal(verdict.passes, false);
  assert.ok(verdict.interval[0] < 0 && verdict.interval[1] > 0);
});

test('an equal model and one that is better by less than the margin do not pass', async () => {
  const same = predictions((image) => image % 10 < 7);
  const equal = await ask(same, same);
  assert.equal(equal.passes, false);
  assert.match(equal.reason, /reaches the margin of 0\.00%, which the difference does not exceed/);
  const better = await ask(
    same,
    predictions((image) => image % 10 < 8),
    { margin: 0.2 },
  );
  assert.equal(better.passes, false);
});

test('the interval matches the normal approximation for paired differences', async () => {
  const verdict = await ask(
    predictions((image) => image % 10 < 7),
    predictions((image) => image % 10 !== 0),
    {
      confidence: 0.95,
      resamples: 4000,
    },
  );
  // Differences: +1 on images ending 7, 8, 9; -1 on those ending 0.
  const mean = 0.2;
  const deviation = Math.sqrt((0.4 - mean ** 2) / IMAGES);
  assert.ok(Math.abs(verdict.interval[0] - (mean - 1.96 * deviation)) < 0.004);
  assert.ok(Math.abs(verdict.interval[1] - (mean + 1.96 * deviation)) < 0.004);
});

test('predictions for a different number of images are refused', async () => {
  const all = predictions(() => true);
  await assert.rejects(ask(new Float32Array(4), all), /received 2 of the champion/);
});

test('the verdict on 100,000 images leaves the event loop free', async () => {
  const images = 100_000;
  const classes = 100;
  const both = [new Float32Array(images * classes), new Float32Array(images * classes)] as const;
  for (let image = 0; image < images; image++) {
    both[0][image * classes + (image % 10 < 7 ? 0 : 1)] = 1;
    both[1][image * classes + (image % 100 < 72 ? 0 : 1)] = 1;
  }
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const verdict = await judge({
    champion: both[0],
    challenger: both[1],
    labels: new Int32Array(images),
    classes,
    gate: gateConfig.parse({}),
    seed: 1,
  });
  delay.disable();
  assert.equal(verdict.passes, true);
  assert.ok(delay.max / 1e6 < 250, `blocked for ${delay.max / 1e6} ms`);
});
