import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { studentTraining } from '../../../../../domain/config/training.js';
import { applyPlan, augmentationOf, picture } from '../../../../../learning/augmentation/index.js';
import { planOfExample } from '../../../../../learning/augmentation/policies/plan-of-example.js';
import type { PseudoLabels } from '../../../../../learning/pseudo-labels/pseudo-labels.js';
import type { BatchSource } from '../../../../../learning/training/batches/batch.js';
import { type BatchNeeds, batchSource } from '../../../../../learning/training/batches/batch-source.js';
import { ExampleOrder } from '../../../../../learning/training/batches/example-order.js';
import { imagesOf } from '../../../../support/images.js';

const CLASSES = 3;
const SEED = 3;
const labelled = imagesOf([10, 20, 30], [0, 1, 2]);
const unlabelled = imagesOf([110, 120, 130, 140, 150], [-1, -1, -1, -1, -1]);
const STILL = { flip: 0, shift: 0, policy: { kind: 'none' } } as const;
const STILL_VIEWS = { weak: STILL, strong: { ...STILL, cutout: 0 } };
const opened: BatchSource[] = [];
after(() => Promise.all(opened.map((batches) => batches.dispose())));

function source(change: object, more: Partial<BatchNeeds> = {}) {
  const training = studentTraining.parse({ batchSize: 2, steps: 10, augmentation: STILL, ...change });
  const needs = { images: { labelled, unlabelled }, classes: CLASSES, training, seed: SEED, generation: 1 };
  const batches = batchSource({ augmentationThreads: 0, ...needs, ...more });
  opened.push(batches);
  return batches;
}

const consistency = (change: object = {}) => ({ kind: 'fixmatch', ratio: 1.5, ...STILL_VIEWS, ...change });
const firstPixels = (pixels: Uint8Array) => [...pixels].filter((_, index) => index % 64 === 0);

test('weak and strong rows have the same unlabelled images, each in turn, without a target', async () => {
  const batches = source({ consistency: consistency() });
  assert.deepEqual(batches.groups, { labelled: 2, unlabelled: 0, weak: 3, strong: 3 });
  const seen: number[] = [];
  for (let step = 0; step < 5; step++) {
    const { pixels, targets, more } = await batches.take(step);
    const levels = firstPixels(pixels);
    assert.deepEqual(levels.slice(2, 5), levels.slice(5));
    assert.ok(targets.subarray(2 * CLASSES).every((share) => share === 0));
    assert.equal(more, undefined);
    seen.push(...levels.slice(2, 5));
  }
  for (const epoch of [0, 5, 10]) {
    assert.deepEqual(seen.slice(epoch, epoch + 5).sort(), [110, 120, 130, 140, 150]);
  }
});

test('Lee’s method has one view', () => {
  const { strong: _, ...views } = consistency({ kind: 'pseudo-label' });
  assert.deepEqual(source({ consistency: views }).groups, { labelled: 2, unlabelled: 0, weak: 3 });
});

test('each view has its own policy and noise, and can be reproduced from its key', async () => {
  const weak = { ...STILL, shift: 0.25 };
  const strong = { ...STILL, shift: 0.25, cutout: 0.5 };
  const striped = { ...unlabelled, copy: stripes };
  const images = { labelled, unlabelled: striped };
  const change = { consistency: consistency({ weak, strong }), augmentation: { ...STILL, mixup: 1 } };
  const { pixels } = await source(change, { images }).take(1);
  const order = new ExampleOrder(5, { seed: SEED, generation: 1, stream: 'views' });
  for (const [stream, config, first] of [
    ['weak', weak, 2],
    ['strong', strong, 5],
  ] as const) {
    const policy = augmentationOf(
      studentTraining.parse({ augmentation: config }).augmentation,
      unlabelled.shape,
    );
    for (let index = 0; index < 3; index++) {
      const { example, epoch } = order.at(3 + index);
      const alone = picture(8, 8, 1);
      stripes(example, alone.data, 0);
      const plan = planOfExample(policy, alone, { seed: SEED, generation: 1, stream, epoch, example });
      const row = pixels.subarray((first + index) * 64, (first + index + 1) * 64);
      assert.deepEqual([...applyPlan(plan, alone).data], [...row], `${stream} ${index}`);
    }
  }
  assert.notDeepEqual(pixels.subarray(2 * 64, 5 * 64), pixels.subarray(5 * 64));
});

/** A different image for each position, in which translations are visible. */
function stripes(position: number, target: Uint8Array, offset: number): void {
  for (let index = 0; index < 64; index++) target[offset + index] = (index * (position + 2) * 7) % 256;
}

test('the same step gives the same views from any number of threads', async () => {
  const change = { consistency: { kind: 'fixmatch', ratio: 2, threshold: { rule: 'flexmatch' } } };
  const alone = await source(change).take(4);
  const threaded = source(change, { augmentationThreads: 2 });
  await threaded.take(0);
  const { pixels, more } = await threaded.take(4);
  assert.deepEqual(pixels, alone.pixels);
  assert.deepEqual(more, alone.more);
});

test('FlexMatch gets the index of each image once: the last row of an image that occurs twice', async () => {
  const threshold = { rule: 'flexmatch' };
  const batches = source({ consistency: consistency({ ratio: 4, threshold }) });
  const { pixels, more } = await batches.take(0);
  const places = [...more!['places']!];
  const levels = firstPixels(pixels);
  assert.equal(places.length, 2 + 8 + 8);
  const placed = places.flatMap((place, row) => (place < 5 ? [[place, row] as const] : []));
  assert.deepEqual(placed.map(([place]) => place).sort(), [0, 1, 2, 3, 4]);
  for (const [place, row] of placed) {
    assert.equal(levels[row], 110 + 10 * place);
    assert.equal(levels.slice(2, 10).lastIndexOf(levels[row]!), row - 2);
  }
  assert.ok(places.every((place, row) => place === 5 || (row >= 2 && row < 10)));
});

test('responses belong to their images and are mixed like the targets', async () => {
  const pseudoLabels: PseudoLabels = {
    ...{ kind: 'soft', classes: CLASSES },
    positions: Uint32Array.of(3, 1),
    targets: Float32Array.of(0.5, 0.5, 0, 0, 0.25, 0.75),
    examples: Uint32Array.of(0, 1),
    weights: Float32Array.of(0.5, 1),
  };
  const responses = {
    width: 2,
    labelled: Float32Array.of(1, 10, 2, 20, 3, 30),
    unlabelled: Float32Array.from({ length: 10 }, (_, index) => 100 + index),
  };
  const change = { unlabelledRatio: 1, labelSmoothing: 0, consistency: consistency() };
  const plain = await source(change, { pseudoLabels, responses }).take(0);
  const levels = firstPixels(plain.pixels);
  // Each image has its own grey level: 10, 20, 30 and 110, 120, …
  const expected = levels.flatMap((level, row) => {
    if (row < 2) return [level / 10, level];
    const position = (level - 110) / 10;
    return row < 4 ? [100 + 2 * position, 101 + 2 * position] : [0, 0];
  });
  assert.deepEqual([...plain.more!['responses']!], expected);
  const sums = [0, 1, 2, 3].map((row) =>
    plain.targets.subarray(row * CLASSES, (row + 1) * CLASSES).reduce((sum, share) => sum + share, 0),
  );
  assert.deepEqual(sums.slice(0, 2), [1, 1]);
  assert.deepEqual(
    sums.slice(2),
    levels.slice(2, 4).map((level) => (level === 140 ? 0.5 : 1)),
    'a weight is what the target sums to',
  );

  const mixed = await source(
    { ...change, augmentation: { ...STILL, mixup: 1 } },
    { pseudoLabels: { ...pseudoLabels, weights: Float32Array.of(1, 1) }, responses },
  ).take(0);
  assert.notDeepEqual(mixed.pixels.subarray(0, 4 * 64), plain.pixels.subarray(0, 4 * 64));
  assert.deepEqual(mixed.pixels.subarray(4 * 64), plain.pixels.subarray(4 * 64), 'views are not mixed');
  const [ones, others] = [mixed, plain].map(({ more }) =>
    [0, 1].map((at) => more!['responses']!.filter((_, index) => index < 8 && index % 2 === at)),
  );
  for (const at of [0, 1]) {
    const sum = (rows: Float32Array) => rows.reduce((total, one) => total + one, 0);
    assert.ok(Math.abs(sum(ones![at]!) - sum(others![at]!)) < 1e-3, 'partners change places');
  }
});

test('without pseudo-labels, unlabelled rows have all images with responses, without a target', async () => {
  const responses = {
    width: 1,
    labelled: Float32Array.of(1, 2, 3),
    unlabelled: Float32Array.of(4, 5, 6, 7, 8),
  };
  const { groups, targets, pixels, more } = await source({ unlabelledRatio: 2 }, { responses }).take(0);
  assert.deepEqual(groups, { labelled: 2, unlabelled: 4 });
  assert.ok(targets.subarray(2 * CLASSES).every((share) => share === 0));
  const levels = firstPixels(pixels).slice(2);
  assert.deepEqual(
    [...more!['responses']!.subarray(2)],
    levels.map((level) => 4 + (level - 110) / 10),
  );
});

test('too few responses, no unlabelled images, and views that do not fit are refused before any step', () => {
  const responses = { width: 2, labelled: Float32Array.of(1, 2) };
  assert.throws(
    () => source({}, { responses }),
    /responses\.labelled: received 2 numbers, expected 6: 2 for each of 3 images/,
  );
  const images = { labelled, unlabelled: imagesOf([], []) };
  assert.throws(
    () => source({ consistency: consistency() }, { images }),
    /consistency: received no unlabelled images, expected some.*data\.unlabelled/,
  );
  assert.throws(
    () => source({ consistency: consistency({ strong: { ...STILL, fill: [1, 2, 3] } }) }),
    /consistency\.strong: .*fill: received \[1,2,3\]/,
  );
});
