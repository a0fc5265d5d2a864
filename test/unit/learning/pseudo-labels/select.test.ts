import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pseudoLabelConfig } from '../../../../domain/config/pseudo-labels.js';
import { packPseudoLabels, unpackPseudoLabels } from '../../../../learning/pseudo-labels/pack.js';
import { selectPseudoLabels } from '../../../../learning/pseudo-labels/select.js';

const CLASSES = ['ankle boot', 'bag', 'シャツ'];

/** One row per pair of class and probability; the other classes share the rest. */
function rows(...said: Array<[label: number, probability: number]>): Float32Array {
  return Float32Array.from(
    said.flatMap(([label, probability]) =>
      CLASSES.map((_, other) => (other === label ? probability : (1 - probability) / (CLASSES.length - 1))),
    ),
  );
}

function select(probabilities: Float32Array, config: object) {
  return selectPseudoLabels({
    probabilities,
    classes: CLASSES,
    config: pseudoLabelConfig.parse(config),
    labelsPerClass: [2, 2, 2],
    seed: 1,
    generation: 1,
  });
}

const UNEVEN = rows([0, 0.9], [0, 0.8], [0, 0.7], [0, 0.6], [1, 0.9], [1, 0.4], [2, 0.95], [2, 0.85]);

test('large classes keep their most confident images, small ones are repeated', () => {
  const { pseudoLabels, record } = select(UNEVEN, { threshold: 0.5, perClass: 3 });
  assert.deepEqual([...pseudoLabels.positions], [0, 1, 2, 4, 6, 7]);
  assert.deepEqual(
    record.byClass.map(({ predicted, confident, kept, examples }) => [predicted, confident, kept, examples]),
    [
      [4, 4, 3, 3],
      [2, 1, 1, 3],
      [2, 2, 2, 3],
    ],
  );
  assert.equal(record.examples, 9);
  assert.equal(record.kept, 6);
  assert.equal(record.dropped, 2);
  const timesUsed = new Map<number, number>();
  for (const example of pseudoLabels.examples) timesUsed.set(example, (timesUsed.get(example) ?? 0) + 1);
  assert.deepEqual(timesUsed.get(3), 3);
  assert.deepEqual([timesUsed.get(4), timesUsed.get(5)].sort(), [1, 2]);
});

test('without balancing every confident image is an example once', () => {
  const { record } = select(UNEVEN, { threshold: 0.5, perClass: 'off' });
  assert.deepEqual(
    record.byClass.map((count) => count.examples),
    [4, 1, 2],
  );
});

test('perClass largest and mean set the class size', () => {
  assert.equal(select(UNEVEN, { threshold: 0.5, perClass: 'largest' }).record.examples, 12);
  assert.equal(select(UNEVEN, { threshold: 0.5, perClass: 'mean' }).record.examples, 6);
});

test('soft targets are the probabilities, sharpened by the temperature', () => {
  const soft = select(rows([0, 0.8]), { perClass: 'off' }).pseudoLabels.targets;
  assert.ok(Math.abs(soft[0]! - 0.8) < 1e-6 && Math.abs(soft[1]! - 0.1) < 1e-6);
  const coldest = select(rows([0, 0.4]), { perClass: 'off', temperature: 0.001 }).pseudoLabels.targets;
  assert.deepEqual([...coldest], [1, 0, 0]);
  const sharp = select(rows([0, 0.8]), { perClass: 'off', temperature: 0.5 }).pseudoLabels.targets;
  assert.ok(Math.abs(sharp[0]! - 0.64 / (0.64 + 0.01 + 0.01)) < 1e-6);
});

test('hard targets are the one-hot argmax, the first class in a tie', () => {
  const tie = Float32Array.of(0.4, 0.4, 0.2);
  assert.deepEqual([...select(tie, { kind: 'hard', perClass: 'off' }).pseudoLabels.targets], [1, 0, 0]);
});

test('a class without a confident image is reported, filled or refused', () => {
  const shy = rows([0, 0.9], [1, 0.9], [2, 0.4], [2, 0.45], [2, 0.5]);
  const taken = select(shy, { threshold: 0.6, perClass: 2, missingClass: 'take-best' });
  assert.deepEqual([...taken.pseudoLabels.positions], [0, 1, 4, 3]);
  assert.equal(taken.record.byClass[2]!.status, 'taken-below-threshold');
  const warned = select(shy, { threshold: 0.6, perClass: 2, missingClass: 'warn' });
  assert.equal(warned.record.byClass[2]!.status, 'missing');
  assert.throws(
    () => select(shy, { threshold: 0.6, missingClass: 'fail' }),
    /class "シャツ" \(3 images are predicted/,
  );
});

test('if no class has a confident image, the best images of each are taken', () => {
  const shy = rows([0, 0.5], [0, 0.6], [1, 0.5], [2, 0.4]);
  const { pseudoLabels, record } = select(shy, { threshold: 0.9, missingClass: 'take-best' });
  assert.equal(record.kept, 4);
  assert.equal(pseudoLabels.examples.length, 4);
});

test('a class without predicted images is reported as missing', () => {
  const { record } = select(rows([0, 0.9], [1, 0.9]), { perClass: 2 });
  assert.equal(record.byClass[2]!.status, 'missing');
  assert.equal(record.byClass[2]!.examples, 0);
});

const anyRows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 34, max: 100 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((said) => rows(...said.map(([label, hundredths]) => [label, hundredths / 100] as [number, number])));

test('every image is kept or dropped, targets sum to 1, and packing is lossless', () => {
  fc.assert(
    fc.property(
      anyRows,
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom('soft', 'hard'),
      (probabilities, perClass, kind) => {
        const { pseudoLabels, record } = select(probabilities, { perClass, kind, threshold: 0.5 });
        assert.equal(record.kept + record.dropped, record.images);
        assert.equal(new Set(pseudoLabels.positions).size, record.kept);
        for (let row = 0; row < record.kept; row++) {
          const sum = pseudoLabels.targets
            .subarray(row * 3, row * 3 + 3)
            .reduce((total, value) => total + value, 0);
          assert.ok(Math.abs(sum - 1) < 1e-5);
        }
        for (const count of record.byClass) assert.ok(count.examples === 0 || count.examples === perClass);
        assert.deepEqual(unpackPseudoLabels(packPseudoLabels(pseudoLabels)), pseudoLabels);
      },
    ),
  );
});

test('bytes of another format are refused', () => {
  const bytes = packPseudoLabels(select(UNEVEN, {}).pseudoLabels);
  assert.throws(() => unpackPseudoLabels(bytes.subarray(0, bytes.length - 4)), /expected/);
  assert.throws(() => unpackPseudoLabels(new Uint8Array(40)), /APL1/);
});
