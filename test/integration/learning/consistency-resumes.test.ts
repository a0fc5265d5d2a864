import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentTraining } from '../../../domain/config/training.js';
import { keyedRandom } from '../../../domain/random.js';
import type { StoredTensor, TrainingState } from '../../../domain/training-state.js';
import { residualNetwork } from '../../../learning/models/residual.js';
import type { Batch } from '../../../learning/training/batches/batch.js';
import { Learner } from '../../../learning/training/learner.js';
import { objectiveOf } from '../../../learning/training/objectives/objective-of.js';
import { type TrainingHooks, type TrainingJob, train } from '../../../learning/training/train.js';
import { imagesOf } from '../../support/images.js';

const IMAGE = { height: 8, width: 8, channels: 1 } as const;
const CLASSES = 3;
const IMAGES = 7;
const GROUPS = { labelled: 2, unlabelled: 1, weak: 4, strong: 4 };
const ROWS = 11;
const STEPS = 6;

function batchOf(step: number): Batch {
  const random = keyedRandom(5, 'batch', step);
  const pixels = Uint8Array.from({ length: ROWS * 64 }, () => random.integer(256));
  const targets = new Float32Array(ROWS * CLASSES);
  for (let row = 0; row < 3; row++) targets[row * CLASSES + random.integer(CLASSES)] = 1;
  const places = new Float32Array(ROWS).fill(IMAGES);
  places.set(random.permutation(IMAGES).subarray(0, 4), 3);
  return { groups: GROUPS, pixels, targets, more: { places } };
}

function trainingWith(rule: string, change: object) {
  // Low thresholds: after six steps no prediction is confident.
  const threshold = { rule, value: 0.36, momentum: 0.9 };
  const consistency = { kind: 'fixmatch', threshold, alignment: true };
  return studentTraining.parse({ steps: STEPS, gradientClip: 1, consistency, ...change });
}

async function run(rule: string, change = {}, from = 0, state?: StoredTensor[], to = STEPS) {
  const training = trainingWith(rule, change);
  const spec = { kind: 'residual', width: 4, blocksPerStage: 1, stages: 1, stem: 'auto' } as const;
  const needs = { image: IMAGE, classes: CLASSES, dropout: 0.3, stochasticDepth: 0.3, seed: 1 };
  const objective = objectiveOf(training, undefined, undefined, {
    counts: { labelsPerClass: [3, 2, 1], unlabelled: IMAGES },
  });
  const network = residualNetwork(spec, needs);
  const learner = new Learner(network, IMAGE, training, { seed: 1, generation: 1 }, { objective });
  if (state) learner.load(state);
  const losses: number[] = [];
  const used: number[] = [];
  for (let step = from; step < to; step++) {
    losses.push(await learner.step(step, batchOf(step)));
    used.push(learner.measured['used']!);
  }
  const saved = await learner.save();
  learner.dispose();
  return { losses, used, saved };
}

function bytesByName(tensors: readonly StoredTensor[]) {
  return Object.fromEntries(tensors.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('base64')]));
}

function valuesOf(tensors: readonly StoredTensor[], name: string): Float32Array {
  return new Float32Array(tensors.find((tensor) => tensor.name === name)!.bytes.slice().buffer);
}

/** Each image once. */
function assertCounted(saved: readonly StoredTensor[]): void {
  const last = [...valuesOf(saved, 'flexmatch-last')];
  const counted = [0, 1, 2, 3].map((kind) => last.slice(0, IMAGES).filter((one) => one === kind).length);
  assert.deepEqual([...valuesOf(saved, 'flexmatch-counts')], counted);
  assert.equal(last[IMAGES], 0);
}

const REMEMBERED = {
  fixed: [],
  flexmatch: ['flexmatch-last', 'flexmatch-counts'],
  freematch: ['freematch-confidence', 'freematch-classes', 'freematch-histogram'],
  softmatch: ['softmatch-mean', 'softmatch-variance'],
  quota: ['quota-confidences'],
} as const;

for (const [rule, names] of Object.entries(REMEMBERED)) {
  test(`${rule}: compiled and eager, resumed and uninterrupted trainings end with the same bits`, async () => {
    const whole = await run(rule);
    const half = await run(rule, {}, 0, undefined, 3);
    const rest = await run(rule, {}, 3, half.saved);
    assert.deepEqual([...half.losses, ...rest.losses], whole.losses);
    assert.deepEqual([...half.used, ...rest.used], whole.used);
    assert.deepEqual(bytesByName(rest.saved), bytesByName(whole.saved));

    const eager = await run(rule, { eager: true });
    whole.losses.forEach((loss, step) => {
      assert.ok(Math.abs(loss - eager.losses[step]!) < 1e-4, `step ${step}: ${loss}, ${eager.losses[step]}`);
    });
    for (const name of [...names, 'alignment-classes']) {
      const values = valuesOf(whole.saved, name);
      assert.notDeepEqual(values, new Float32Array(values.length), `${name} has moved`);
      valuesOf(eager.saved, name).forEach((value, index) => {
        assert.ok(Math.abs(value - values[index]!) < 1e-4, `${name} ${index}`);
      });
    }
    assert.ok(whole.used.some((share) => share > 0));
    if (rule === 'flexmatch') assertCounted(whole.saved);
  });
}

const levels = (count: number, first: number) =>
  Array.from({ length: count }, (_, index) => first + 15 * index);
const classOf = (count: number) => Array.from({ length: count }, (_, index) => index % CLASSES);

/** Real batches: views of nine unlabelled images, and weighted pseudo-labels of two of them. */
function jobWith(rule: string): TrainingJob {
  const threshold = { rule, value: 0.4, momentum: 0.9 };
  const training = studentTraining.parse({
    ...{ steps: 8, batchSize: 4, evaluations: 4, checkpointSeconds: 3600, unlabelledRatio: 0.5 },
    augmentation: { mixup: 0.4 },
    consistency: { kind: 'fixmatch', ratio: 2, threshold, alignment: true },
  });
  const unlabelled = imagesOf(levels(9, 40), new Array<number>(9).fill(-1));
  const labelled = imagesOf(levels(6, 30), classOf(6));
  return {
    images: { labelled, validation: imagesOf(levels(6, 35), classOf(6)), unlabelled },
    ...{ classes: CLASSES, training, seed: 1, generation: 1 },
    model: { kind: 'residual', width: 4, blocksPerStage: 1, stages: 1, stem: 'auto' },
    pseudoLabels: {
      ...{ kind: 'soft', classes: CLASSES, examples: Uint32Array.of(0, 1) },
      positions: Uint32Array.of(4, 7),
      targets: Float32Array.of(0.8, 0.1, 0.1, 0, 0.5, 0.5),
      weights: Float32Array.of(0.3, 0.9),
    },
  };
}

for (const rule of ['flexmatch', 'softmatch']) {
  test(`an interrupted training with ${rule} ends as an uninterrupted one`, async () => {
    const hooks = {
      ...{ onProgress: () => {}, loadState: async () => undefined, saveState: async () => {} },
      signal: new AbortController().signal,
    };
    const whole = await train(jobWith(rule), hooks);
    let saved: TrainingState | undefined;
    const controller = new AbortController();
    const interrupted: TrainingHooks = {
      ...hooks,
      signal: controller.signal,
      onProgress: ({ done }) => done === 5 && controller.abort(new Error('taken away')),
      saveState: async (state) => {
        saved = state;
      },
    };
    await assert.rejects(train(jobWith(rule), interrupted), /taken away/);
    assert.equal(saved?.step, 5);
    const resumed = await train(jobWith(rule), { ...hooks, loadState: async () => structuredClone(saved) });
    assert.equal(resumed.weightsHash, whole.weightsHash);
    assert.deepEqual(resumed.series, whole.series);
    assert.ok(whole.series.every(({ used }) => used !== undefined && used >= 0 && used <= 1));
  });
}
