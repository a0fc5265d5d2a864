import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { studentTraining } from '../../../../../domain/config/training.js';
import { applyPlan, augmentationOf, picture } from '../../../../../learning/augmentation/index.js';
import { planOfExample } from '../../../../../learning/augmentation/policies/plan-of-example.js';
import type { PseudoLabels } from '../../../../../learning/pseudo-labels/pseudo-labels.js';
import type { BatchSource } from '../../../../../learning/training/batches/batch.js';
import { batchSource } from '../../../../../learning/training/batches/batch-source.js';
import { ExampleOrder } from '../../../../../learning/training/batches/example-order.js';
import { imagesOf } from '../../../../support/images.js';

const CLASSES = 4;
const labelled = imagesOf([10, 20, 30, 40], [0, 1, 2, 3]);
const unlabelled = imagesOf([110, 120, 130], [-1, -1, -1]);
const STILL = { flip: 0, shift: 0, policy: { kind: 'none' } };
const opened: BatchSource[] = [];
after(() => Promise.all(opened.map((batches) => batches.dispose())));

function pseudoLabels(kind: 'soft' | 'hard'): PseudoLabels {
  return {
    kind,
    classes: CLASSES,
    positions: Uint32Array.of(2, 0),
    targets:
      kind === 'soft'
        ? Float32Array.of(0.5, 0.5, 0, 0, 0, 0, 0.25, 0.75)
        : Float32Array.of(1, 0, 0, 0, 0, 0, 0, 1),
    examples: Uint32Array.of(0, 1, 1),
  };
}

function source(change: object, labels?: PseudoLabels, augmentationThreads = 0) {
  const training = studentTraining.parse({
    batchSize: 4,
    steps: 10,
    augmentation: STILL,
    unlabelledRatio: 0.75,
    ...change,
  });
  const images = { labelled, unlabelled };
  const needs = { images, classes: CLASSES, training, seed: 3, generation: 1, augmentationThreads };
  const batches = batchSource(labels ? { ...needs, pseudoLabels: labels } : needs);
  opened.push(batches);
  return batches;
}

/** A copy that outlives the next call. */
async function taken(batches: BatchSource, step: number) {
  const { pixels, targets } = await batches.take(step);
  return { pixels: [...pixels], targets: [...targets] };
}

const firstPixels = (pixels: Uint8Array) => [...pixels].filter((_, index) => index % 64 === 0);

test('a batch has labelled images first, each once per epoch, then pseudo-labelled ones', async () => {
  const batches = source({}, pseudoLabels('soft'));
  assert.deepEqual(batches.groups, { labelled: 4, unlabelled: 3 });
  const { pixels } = await batches.take(0);
  const seen = firstPixels(pixels);
  assert.deepEqual(seen.slice(0, 4).sort(), [10, 20, 30, 40]);
  assert.deepEqual(seen.slice(4).sort(), [110, 110, 130], 'the repeated image comes twice');
});

test('the batch of a step does not depend on earlier calls or the number of threads', async () => {
  const mixed = { augmentation: { mixup: 0.3, cutmix: 1, cutout: 0.5 } };
  const alone = source(mixed, pseudoLabels('soft'));
  const steps = [0, 1, 2, 9, 5, 6];
  const expected = [];
  for (const step of steps) expected.push(await taken(alone, step));
  assert.notDeepEqual(expected[4], expected[5]);
  for (const threads of [1, 2]) {
    const batches = source(mixed, pseudoLabels('soft'), threads);
    for (const [index, step] of steps.entries()) {
      assert.deepEqual(await taken(batches, step), expected[index], `step ${step}, ${threads} threads`);
    }
    assert.ok(batches.waitedSeconds > 0);
  }
});

test('a single augmented image can be reproduced from its key', async () => {
  const change = { batchSize: 3, augmentation: { shift: 0.3, cutout: 0.5 } };
  const { pixels } = await source(change).take(2);
  const { augmentation } = studentTraining.parse(change);
  const order = new ExampleOrder(4, { seed: 3, generation: 1, stream: 'labelled' });
  // The second row of the step: position 7, in the second epoch.
  const { example, epoch } = order.at(7);
  const policy = augmentationOf(augmentation, labelled.shape);
  const key = { seed: 3, generation: 1, stream: 'labelled', epoch, example } as const;
  const alone = picture(8, 8, 1);
  labelled.copy(example, alone.data, 0);
  const again = applyPlan(planOfExample(policy, alone, key), alone);
  assert.equal(epoch, 1);
  assert.deepEqual([...again.data], [...pixels.subarray(64, 128)]);
});

test('an error in a thread fails the step that waits for it, and all later steps', async () => {
  const { augmentation, ...training } = studentTraining.parse({ batchSize: 1, augmentation: STILL });
  const unheardOf = { ...training, augmentation: { ...augmentation, cutmix: -1 } };
  const needs = { classes: CLASSES, seed: 3, generation: 1, augmentationThreads: 1 };
  const batches = batchSource({ images: { labelled, unlabelled }, training: unheardOf, ...needs });
  opened.push(batches);
  await assert.rejects(batches.take(0), /alpha: received -1/);
  await assert.rejects(batches.take(1), /alpha: received -1/);
});

test('a pending step rejects when the batches are disposed', async () => {
  const batches = source({}, undefined, 1);
  const waiting = assert.rejects(batches.take(0), /disposed/);
  await batches.dispose();
  await waiting;
});

test('transforms keep the image size, whichever are applied', () => {
  const border = { left: 1, top: 1, right: 1, bottom: 1 };
  const padded = (pad: number, crop: number) => () =>
    source({
      augmentation: {
        transforms: [
          { name: 'pad', ...border, probability: pad },
          { name: 'centreCrop', width: 8, height: 8, probability: crop },
        ],
      },
    });
  padded(1, 1)();
  padded(0.5, 1)();
  assert.throws(padded(1, 0.5), /transforms: received "10 x 10", expected the pictures' own 8 x 8/);
});

test('a fill that does not fit the images is refused before any step', () => {
  const broken = { augmentation: { ...STILL, fill: [1, 2, 3] } };
  assert.throws(() => source(broken), /fill: received \[1,2,3\], expected one level, or 1 for 1 channel/);
});

test('CutMix mixes boxes and labels by their share; with MixUp each step does one of the two', async () => {
  const share = ({ targets }: { targets: number[] }) => Math.max(...targets.slice(0, CLASSES));
  const cutmix = source({ augmentation: { ...STILL, cutmix: 1 }, labelSmoothing: 0 });
  const both = source({ augmentation: { ...STILL, cutmix: 1, mixup: 1 }, labelSmoothing: 0 });
  let blended = 0;
  for (let step = 0; step < 10; step++) {
    const one = await taken(cutmix, step);
    assert.ok(
      one.pixels.every((level) => [10, 20, 30, 40].includes(level)),
      'no level is blended',
    );
    const own = one.pixels.slice(0, 64);
    const part = own.filter((level) => level === own[0]).length / 64;
    assert.ok(
      [part, 1 - part].some((expected) => Math.abs(share(one) - expected) < 1e-6) || share(one) === 1,
    );
    if ((await taken(both, step)).pixels.some((level) => level % 10 > 0)) blended++;
  }
  assert.ok(blended > 0 && blended < 10, `${blended} of 10 steps were mixed up`);
});

test('labels and hard pseudo-labels are smoothed, soft ones are not', async () => {
  const targets = async (kind: 'soft' | 'hard') =>
    (await source({ labelSmoothing: 0.2 }, pseudoLabels(kind)).take(0)).targets;
  const sorted = (row: Float32Array) => [...row].sort().map((value) => Number(value.toFixed(4)));
  const row = (all: Float32Array, index: number) => all.subarray(index * CLASSES, (index + 1) * CLASSES);
  const softly = await targets('soft');
  assert.deepEqual(sorted(row(softly, 0)), [0.05, 0.05, 0.05, 0.85]);
  assert.deepEqual(sorted(row(await targets('hard'), 6)), [0.05, 0.05, 0.05, 0.85]);
  const soft = [4, 5, 6].map((index) => sorted(row(softly, index)).join());
  assert.deepEqual(soft.sort(), ['0,0,0.25,0.75', '0,0,0.25,0.75', '0,0,0.5,0.5']);
});

test('without pseudo-labels a batch has labelled images only', async () => {
  const batches = source({});
  assert.equal(batches.groups.unlabelled, 0);
  assert.equal((await batches.take(3)).targets.length, 4 * CLASSES);
});
