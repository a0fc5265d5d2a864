import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { tf } from '../../../../engine/tensorflow.js';
import { fitHead, headProbabilities } from '../../../../learning/transfer/fit-head.js';
import { openRegression } from '../../../../learning/transfer/logistic-regression.js';

const GOLDEN = new URL('../../../../../test/golden/transfer/regression.json', import.meta.url);

const golden = JSON.parse(await readFile(GOLDEN, 'utf8')) as {
  readonly width: number;
  readonly classes: number;
  readonly features: readonly number[];
  readonly labels: readonly number[];
  readonly fits: ReadonlyArray<{ readonly weightDecay: number; readonly probabilities: readonly number[] }>;
};

const { width, classes } = golden;
const data = { features: Float32Array.from(golden.features), width, labels: Int32Array.from(golden.labels) };

test('probabilities agree with scikit-learn’s logistic regression at every weight decay', async () => {
  const regression = openRegression(data, classes);
  let from: Float64Array | undefined;
  for (const { weightDecay, probabilities } of golden.fits) {
    const fitted = await regression.fit(weightDecay, from);
    from = fitted.point;
    assert.ok(fitted.converged);
    (await headProbabilities(data, fitted.weights)).forEach((value, index) => {
      const expected = probabilities[index]!;
      assert.ok(
        Math.abs(value - expected) < 1e-3,
        `decay ${weightDecay}, ${index}: ${value}, expected ${expected}`,
      );
    });
  }
  regression.dispose();
});

test('the weight decay is the best on validation; no tensors are left behind', async () => {
  // One informative feature beside features of pure noise.
  const part = (offset: number) => {
    const rows = [...data.labels.keys()].filter((row) => row % 2 === offset);
    return {
      features: Float32Array.from(
        rows.flatMap((row) => golden.features.slice(row * width, (row + 1) * width)),
      ),
      width,
      labels: Int32Array.from(rows, (row) => data.labels[row]!),
    };
  };
  const request = { labelled: part(0), validation: part(1), classes };
  await fitHead({ ...request, weightDecays: [1] });
  const before = tf.memory().numTensors;
  const done = new Set<number>();
  const head = await fitHead({ ...request, onProgress: (count) => done.add(count) });
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(
    [...done].sort((a, b) => a - b),
    [...Array(head.trials.length + 1).keys()],
  );
  const best = Math.max(...head.trials.map(({ accuracy }) => accuracy));
  assert.equal(head.validation.accuracy, best);
  assert.equal(head.trials.find(({ weightDecay }) => weightDecay === head.weightDecay)!.accuracy, best);
  assert.ok(head.trainingAccuracy > 0.8);
});

test('constant features and one image per class work', async () => {
  const labelled = { features: Float32Array.of(1, 5, 2, 5, 3, 5), width: 2, labels: Int32Array.of(0, 1, 2) };
  const { predictions, trainingAccuracy } = await fitHead({ labelled, validation: labelled, classes: 3 });
  assert.ok(predictions.every(Number.isFinite));
  assert.equal(trainingAccuracy, 1);
});
