import assert from 'node:assert/strict';
import { test } from 'node:test';
import { teacherTraining } from '../../../../domain/config/training.js';
import { learningRate } from '../../../../learning/training/schedule.js';

const STEPS = 100;
const HIGHEST = 0.4;

function rates(schedule: object): number[] {
  const spec = teacherTraining.parse({ steps: STEPS, optimizer: { learningRate: HIGHEST }, schedule });
  return Array.from({ length: STEPS }, (_, step) => learningRate(step, spec));
}

const near = (received: number, expected: number) => Math.abs(received - expected) < 1e-12;

test('warm-up rises linearly from near 0 and ends below the highest rate', () => {
  const rising = rates({ kind: 'constant', warmup: 0.1 });
  for (let step = 0; step < 10; step++) assert(near(rising[step]!, (HIGHEST * (step + 1)) / 11), `${step}`);
  assert.deepEqual(new Set(rising.slice(10)), new Set([HIGHEST]));
  assert.equal(rates({ kind: 'constant', warmup: 0 })[0], HIGHEST);
});

test('cosine falls from the highest rate, half of it in the middle, to near 0', () => {
  const falling = rates({ kind: 'cosine', warmup: 0 });
  assert.equal(falling[0], HIGHEST);
  assert(near(falling[STEPS / 2]!, HIGHEST / 2));
  assert(falling.at(-1)! > 0 && falling.at(-1)! < HIGHEST / 1000);
  assert.equal(rates({ kind: 'cosine', warmup: 0.2 })[20], HIGHEST, 'it begins where warm-up ends');
});

test('exponential is a staircase of sixty decays', () => {
  const falling = rates({ kind: 'exponential', warmup: 0, decay: 0.97 });
  assert.equal(falling[1], HIGHEST, 'the first stair is longer than a step');
  assert(near(falling[50]!, HIGHEST * 0.97 ** 30));
  assert(near(falling.at(-1)!, HIGHEST * 0.97 ** 59));
});
