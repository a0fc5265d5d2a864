import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedRandom } from '../../../../domain/random.js';
import { badge } from '../../../../learning/labelling/badge.js';
import type { Candidates } from '../../../../learning/labelling/candidates.js';
import { topTwo } from '../../../../learning/labelling/candidates.js';
import { coreSet } from '../../../../learning/labelling/core-set.js';
import { GradientEmbeddings } from '../../../../learning/labelling/gradient-embeddings.js';
import { margins, smallestMargins } from '../../../../learning/labelling/margin.js';
import { assertAllNear, featuresFrom, golden } from '../gap/golden.js';

interface Case {
  readonly classes: number;
  readonly width: number;
  readonly probabilities: readonly number[];
  readonly features: readonly number[];
  readonly labelled: readonly number[];
  readonly squaredNorms: readonly number[];
  readonly squaredDistances: readonly number[];
  readonly uniforms: readonly number[];
  readonly badge: readonly number[];
  readonly margins: readonly number[];
  readonly coreSet: readonly number[];
}

const cases = golden<readonly Case[]>('choices').map((one) => ({
  ...one,
  candidates: {
    probabilities: Float32Array.from(one.probabilities),
    classes: one.classes,
    features: featuresFrom(one.features, one.width),
  } satisfies Candidates,
}));

test('distances of gradient embeddings equal those of the explicit vectors', async () => {
  for (const { candidates, squaredNorms, squaredDistances } of cases) {
    const embeddings = new GradientEmbeddings(candidates);
    assertAllNear(embeddings.squaredNorms, squaredNorms, 1e-12, 'norm');
    const images = squaredNorms.length;
    const found = squaredDistances.map((_, at) =>
      embeddings.squaredDistance(Math.floor(at / images), at % images),
    );
    assertAllNear(found, squaredDistances, 1e-12, 'distance');
  }
});

test('BADGE chooses the same images as a plain implementation with the same random numbers', async () => {
  for (const { candidates, uniforms, badge: expected } of cases) {
    const left = [...uniforms];
    const random = { uniform: () => left.shift()!, integer: () => 0 };
    assert.deepEqual(await badge(candidates, expected.length, random), expected);
  }
});

test('margins and the core-set equal those of NumPy', async () => {
  for (const { candidates, width, labelled, margins: expected, coreSet: core } of cases) {
    assertAllNear(margins(candidates), expected, 1e-6, 'margin');
    const order = smallestMargins(candidates, 5);
    assert.deepEqual(order, [...expected.keys()].sort((a, b) => expected[a]! - expected[b]!).slice(0, 5));
    assert.deepEqual(await coreSet(candidates.features, featuresFrom(labelled, width), core.length), core);
  }
});

test('every image can be chosen, each once and deterministically; confident ones come last', async () => {
  const { candidates } = cases[0]!;
  const all = candidates.probabilities.length / candidates.classes;
  const chosen = await badge(candidates, all, keyedRandom(1, 'badge'));
  assert.equal(new Set(chosen).size, all);
  assert.deepEqual(await badge(candidates, all, keyedRandom(1, 'badge')), chosen);
  assert.notDeepEqual(await badge(candidates, all, keyedRandom(2, 'badge')), chosen);
  const none = await coreSet(candidates.features, featuresFrom([], candidates.features.width), all);
  assert.equal(new Set(none).size, all);

  // Fully confident images have zero gradients, so nothing distinguishes them.
  const sure = {
    classes: 2,
    probabilities: Float32Array.of(1, 0, 1, 0, 0.5, 0.5, 0, 1),
    features: featuresFrom([1, 2, 3, 4], 1),
  };
  const order = await badge(sure, 4, keyedRandom(1));
  assert.equal(order[0], 2);
  assert.deepEqual([...order].sort(), [0, 1, 2, 3]);
});

test('dissimilar images are chosen before similar ones', async () => {
  // Two clusters of uncertain images; one is ten times as large.
  const features = featuresFrom(
    Array.from({ length: 22 }, (_, image) =>
      image < 20 ? [1, 0.01 * image] : [-1, 5 + 0.01 * image],
    ).flat(),
    2,
  );
  const probabilities = Float32Array.from({ length: 44 }, () => 0.5);
  const candidates = { features, probabilities, classes: 2 };
  for (let seed = 0; seed < 20; seed++) {
    const [first, second] = (await badge(candidates, 2, keyedRandom(seed, 'clusters'))) as [number, number];
    assert.notEqual(first < 20, second < 20);
  }
});

test('topTwo returns the two most probable classes', async () => {
  const candidates = {
    classes: 3,
    probabilities: Float32Array.of(0.25, 0.5, 0.25, 0.5, 0.25, 0.25),
    features: featuresFrom([0, 0], 1),
  };
  assert.deepEqual(topTwo(candidates, 0), {
    first: 1,
    second: 0,
    firstProbability: 0.5,
    secondProbability: 0.25,
  });
  assert.deepEqual(topTwo(candidates, 1), {
    first: 0,
    second: 1,
    firstProbability: 0.5,
    secondProbability: 0.25,
  });
});
