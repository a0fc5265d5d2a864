import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pseudoLabelConfig } from '../../../../domain/config/pseudo-labels.js';
import { alignDistribution } from '../../../../learning/pseudo-labels/align-distribution.js';
import { packPseudoLabels, unpackPseudoLabels } from '../../../../learning/pseudo-labels/pack.js';
import { selectPseudoLabels } from '../../../../learning/pseudo-labels/select.js';

interface Golden {
  readonly labelsPerClass: number[];
  readonly betweenGenerations: {
    readonly value: number;
    readonly quota: number;
    readonly probabilities: number[];
    readonly aligned: number[];
    readonly rules: ReadonlyArray<
      { readonly alignment: boolean } & Record<'flexmatch' | 'freematch' | 'quota' | 'softmatch', number[]>
    >;
  };
}

const FILE = new URL('../../../../../test/golden/learning/consistency.json', import.meta.url);
const { labelsPerClass, betweenGenerations } = JSON.parse(readFileSync(FILE, 'utf8')) as Golden;
const CLASSES = labelsPerClass.length;
const probabilities = Float32Array.from(betweenGenerations.probabilities);

function select(change: object) {
  return selectPseudoLabels({
    probabilities,
    classes: labelsPerClass.map((_, label) => `class ${label}`),
    config: pseudoLabelConfig.parse({ perClass: 'off', missingClass: 'warn', ...change }),
    labelsPerClass,
    seed: 1,
    generation: 1,
  });
}

test('aligned probabilities equal those of NumPy', () => {
  const received = alignDistribution(probabilities, labelsPerClass);
  betweenGenerations.aligned.forEach((expected, index) => {
    assert.ok(Math.abs(received[index]! - expected) < 1e-6, `${index}: ${received[index]}, ${expected}`);
  });
});

for (const { alignment, softmatch, ...kept } of betweenGenerations.rules) {
  const how = alignment ? 'aligned' : 'as predicted';
  for (const rule of ['flexmatch', 'freematch', 'quota'] as const) {
    test(`${rule} keeps the images that its formula selects, ${how}`, () => {
      const { value: threshold, quota } = betweenGenerations;
      const { pseudoLabels } = select({ rule, threshold, quota, alignment });
      assert.deepEqual(
        [...pseudoLabels.positions].sort((a, b) => a - b),
        kept[rule],
      );
      assert.equal(pseudoLabels.weights, undefined);
    });
  }
  test(`SoftMatch keeps all images with their weights, ${how}, also after packing`, () => {
    const { pseudoLabels, record } = select({ rule: 'softmatch', alignment });
    assert.equal(record.kept, softmatch.length);
    const { positions, weights } = unpackPseudoLabels(packPseudoLabels(pseudoLabels));
    assert.deepEqual(weights, pseudoLabels.weights);
    positions.forEach((position, index) => {
      assert.ok(Math.abs(weights![index]! - softmatch[position]!) < 1e-5);
    });
  });
}

test('alignment changes the targets, except those of SoftMatch', () => {
  const own = select({ rule: 'softmatch' }).pseudoLabels;
  const weighed = select({ rule: 'softmatch', alignment: true }).pseudoLabels;
  const targetOf = ({ positions, targets }: typeof own, position: number) =>
    targets.subarray(positions.indexOf(position) * CLASSES, (positions.indexOf(position) + 1) * CLASSES);
  for (const position of own.positions)
    assert.deepEqual(targetOf(weighed, position), targetOf(own, position));
  assert.notDeepEqual(weighed.weights, own.weights);
  const fixed = select({ threshold: 0, alignment: true }).pseudoLabels;
  assert.notDeepEqual(targetOf(fixed, 0), targetOf(own, 0));
});

test('the record and the error report the rule’s threshold', () => {
  const oneSided = Float32Array.from({ length: 30 }, (_, index) => [0.8, 0.1, 0.1][index % 3]!);
  const request = {
    ...{ probabilities: oneSided, classes: ['a', 'b', 'c'], labelsPerClass, seed: 1, generation: 1 },
    config: pseudoLabelConfig.parse({ rule: 'freematch', missingClass: 'fail' }),
  };
  assert.throws(() => selectPseudoLabels(request), /reaches the threshold 0\.1\d* in class "b"/);
});
