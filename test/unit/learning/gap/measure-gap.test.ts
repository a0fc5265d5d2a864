import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { augmentationConfig } from '../../../../domain/config/augmentation.js';
import { DataError } from '../../../../domain/errors.js';
import type { Gap } from '../../../../domain/methods/gap.js';
import { keyedRandom } from '../../../../domain/random.js';
import type { StoredModel } from '../../../../domain/stored-model.js';
import type { ImageSet } from '../../../../learning/datasets/image-set.js';
import { closedShares } from '../../../../learning/gap/closed-shares.js';
import { type GapRequest, measureGap } from '../../../../learning/gap/measure-gap.js';
import { chooseImagesToLabel } from '../../../../learning/labelling/choose-images.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import { storeModel } from '../../../../learning/models/serialisation.js';

const SHAPE = { height: 8, width: 8, channels: 1 } as const;

/** Dark images with a bright spot at a random position, or their negatives. */
function spots(count: number, key: string, negative = false): ImageSet {
  return {
    shape: SHAPE,
    count,
    label: (position) => position % 2,
    copy(position, target, offset) {
      const random = keyedRandom(4, key, position);
      for (let at = 0; at < 64; at++) target[offset + at] = 20 + random.integer(30);
      target[offset + random.integer(64)] = 250;
      if (negative) for (let at = 0; at < 64; at++) target[offset + at] = 255 - target[offset + at]!;
    },
  };
}

let model: StoredModel;
before(async () => {
  const spec = { kind: 'residual', width: 8, stages: 2, blocksPerStage: 1, stem: 'full' } as const;
  const needs = { image: SHAPE, classes: 2, dropout: 0, stochasticDepth: 0, seed: 1 };
  const network = residualNetwork(spec, needs);
  model = await storeModel(network);
  network.dispose();
});

const invert = { flip: 0, shift: 0, policy: { kind: 'none' }, operations: [{ name: 'Invert' }] } as const;

function measured(change: Partial<GapRequest> = {}): Promise<Gap> {
  return measureGap({
    model,
    temperature: 1,
    training: spots(60, 'training'),
    validation: spots(40, 'validation'),
    real: spots(50, 'real'),
    realField: 'real',
    classes: 2,
    augmentation: augmentationConfig.parse(invert),
    ...{ seed: 0, sample: 50, neighbours: 3, permutations: 49, shown: 5 },
    ...change,
  });
}

test('negatives have a gap, inverting augmentation closes it, and the result is deterministic', async () => {
  const real = spots(50, 'real', true);
  const progress: number[] = [];
  const onProgress = (done: number, total: number) => progress.push(done / total);
  const gap = await measured({ real, onProgress });
  const { clean, augmented, reference, closed } = gap.features;
  assert.ok(clean.mmdSquared > 0.1 && clean.mmdPValue === 0.02);
  assert.ok(Math.abs(augmented.mmdSquared) < 0.05 && Math.abs(reference.mmdSquared) < 0.05);
  assert.ok(closed.mmd! > 0.9 && closed.frechet! > 0.9);
  assert.deepEqual([gap.training, gap.real, gap.labelled, gap.leastCovered.length], [50, 50, 60, 5]);
  const farness = gap.leastCovered.map((image) => image.farness);
  assert.deepEqual(
    farness,
    [...farness].sort((a, b) => b - a),
  );
  assert.equal(progress.at(-1), 1);
  assert.ok(progress.every((share, at) => at === 0 || share >= progress[at - 1]!));
  assert.deepEqual(await measured({ real }), gap);
});

test('images of the same kind have no gap to close', async () => {
  const { features, classes } = await measured();
  assert.ok(features.clean.mmdPValue > 0.05);
  assert.deepEqual(features.closed, { mmd: null, frechet: null, uncovered: null });
  assert.deepEqual(classes.labelled, [0.5, 0.5]);
});

test('the closed share is relative to the excess over the distance without a gap', () => {
  const at = (far: number) => ({
    ...{ images: 9, mmdSquared: far, mmdPValue: 0.01, frechet: far, frechetByChance: 0, uncovered: 0.5 },
  });
  const { mmd, uncovered } = closedShares(at(0.6), at(0.3), at(0.1));
  assert.ok(Math.abs(mmd! - 0.6) < 1e-12);
  assert.equal(uncovered, null);
});

test('too few images are refused, and a signal aborts the measurement', async () => {
  const refused = (change: Partial<GapRequest>, message: RegExp) =>
    assert.rejects(measured(change), (error: Error) => {
      assert.ok(error instanceof DataError);
      assert.match(error.message, message);
      return true;
    });
  await refused(
    { real: spots(1, 'real') },
    /^real: received 1 images, .* expected at least 2 real ones to compare/,
  );
  await refused(
    { real: spots(0, 'real'), realField: 'data.unlabelled' },
    /^data\.unlabelled: received 0 images, .* expected at least 2 real ones to compare: set data\.unlabelled or/,
  );
  await refused({ training: spots(1, 'training') }, /^data\.labelled: received 1 images for training/);
  await assert.rejects(measured({ signal: AbortSignal.abort(new Error('stop')) }), /stop/);
});

test('every rule chooses distinct images to label', async () => {
  const unlabelled = spots(40, 'unlabelled');
  for (const by of ['badge', 'margin', 'coverage'] as const) {
    const request = { model, temperature: 1, labelled: spots(10, 'training'), unlabelled, by, seed: 2 };
    const asked = { ...request, classes: ['bag', 'boot'], count: 6, sample: 30 };
    const choice = await chooseImagesToLabel(asked);
    assert.equal(new Set(choice.chosen.map(({ position }) => position)).size, 6);
    assert.ok(choice.chosen.every(({ distance, reason }) => distance > 0 && reason !== ''));
    assert.deepEqual([choice.candidates, choice.unlabelled], [30, 40]);
    assert.deepEqual(await chooseImagesToLabel(asked), choice);
    await assert.rejects(
      chooseImagesToLabel({ ...asked, count: 31 }),
      /count: received 31, expected at most 30, the size of sample/,
    );
    await assert.rejects(
      chooseImagesToLabel({ ...asked, unlabelled: spots(0, 'none') }),
      /^DataError: data\.unlabelled: received no images, .*: set data\.unlabelled, or data\.labelsPerClass/,
    );
  }
});
