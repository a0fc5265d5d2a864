import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentTraining } from '../../../../domain/config/training.js';
import type { PseudoLabels } from '../../../../learning/pseudo-labels/pseudo-labels.js';
import { batchSource } from '../../../../learning/training/batches.js';
import { imagesOf } from '../../../support/images.js';

const CLASSES = 4;
const labelled = imagesOf([10, 20, 30, 40], [0, 1, 2, 3]);
const unlabelled = imagesOf([110, 120, 130], [-1, -1, -1]);
const STILL = { flip: false, shift: 0 };

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

function source(change: object, labels?: PseudoLabels) {
  const training = studentTraining.parse({
    batchSize: 4,
    augmentation: STILL,
    unlabelledRatio: 0.75,
    ...change,
  });
  const images = { labelled, unlabelled };
  const needs = { images, classes: CLASSES, training, seed: 3, generation: 1 };
  return batchSource(labels ? { ...needs, pseudoLabels: labels } : needs);
}

const firstPixels = (pixels: Uint8Array) => [...pixels].filter((_, index) => index % 64 === 0);

test('a batch holds labelled images first, each once an epoch, then pseudo-labelled ones', () => {
  const batches = source({}, pseudoLabels('soft'));
  assert.deepEqual([batches.labelledPerStep, batches.unlabelledPerStep], [4, 3]);
  const { size, pixels } = batches.batch(0);
  assert.equal(size, 7);
  const seen = firstPixels(pixels);
  assert.deepEqual(seen.slice(0, 4).sort(), [10, 20, 30, 40]);
  assert.deepEqual(seen.slice(4).sort(), [110, 110, 130], 'the repeated image comes twice');
});

test('the same step gives the same batch, whatever was asked before', () => {
  const one = source({ augmentation: {} }, pseudoLabels('soft'));
  const other = source({ augmentation: {} }, pseudoLabels('soft'));
  one.batch(0);
  one.batch(9);
  assert.deepEqual(one.batch(5), other.batch(5));
  assert.notDeepEqual(other.batch(5).pixels, other.batch(6).pixels);
});

test('labels and hard pseudo-labels are smoothed, soft ones are not', () => {
  const targets = (kind: 'soft' | 'hard') =>
    source({ labelSmoothing: 0.2 }, pseudoLabels(kind)).batch(0).targets;
  const sorted = (row: Float32Array) => [...row].sort().map((value) => Number(value.toFixed(4)));
  const row = (all: Float32Array, index: number) => all.subarray(index * CLASSES, (index + 1) * CLASSES);
  assert.deepEqual(sorted(row(targets('soft'), 0)), [0.05, 0.05, 0.05, 0.85]);
  assert.deepEqual(sorted(row(targets('hard'), 6)), [0.05, 0.05, 0.05, 0.85]);
  const soft = [4, 5, 6].map((index) => sorted(row(targets('soft'), index)).join());
  assert.deepEqual(soft.sort(), ['0,0,0.25,0.75', '0,0,0.25,0.75', '0,0,0.5,0.5']);
});

test('without pseudo-labels a batch holds labelled images only', () => {
  const batches = source({});
  assert.equal(batches.unlabelledPerStep, 0);
  assert.equal(batches.batch(3).size, 4);
});
