import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentTraining, teacherTraining } from '../../../../domain/config/training.js';
import { trainingForGeneration } from '../../../../domain/config/training-for-generation.js';
import { parseRunConfig } from '../../../../domain/parse-run-config.js';

const DATA = { labelled: { format: 'class-folders', path: 'a' } };
const parse = (teacher: object, student: object = {}) =>
  parseRunConfig({ name: 'a', data: DATA, teacher, student }, undefined, 'self-training');

test('with the kind alone, the defaults are those of the papers', () => {
  const { consistency } = teacherTraining.parse({ consistency: { kind: 'fixmatch' } });
  assert.ok(consistency?.kind === 'fixmatch');
  assert.deepEqual(consistency.threshold, { rule: 'fixed', value: 0.95, momentum: 0.99, fairness: 0 });
  assert.deepEqual(consistency.ramp, { start: 0, end: 0 });
  assert.equal(consistency.weight, 1);
  assert.equal(consistency.weak.policy.kind, 'none');
  assert.equal(consistency.strong.policy.kind, 'rand-augment');
  assert.ok(consistency.strong.cutout > 0);
  const lee = teacherTraining.parse({ consistency: { kind: 'pseudo-label' } }).consistency;
  assert.deepEqual(lee?.ramp, { start: 0.1, end: 0.6 });
  assert.equal(lee?.weight, 3);
  assert.equal(teacherTraining.parse({}).consistency, undefined);
});

test('a view with one setting keeps its other defaults', () => {
  const weak = { shift: 0.05 };
  const { consistency } = studentTraining.parse({ consistency: { kind: 'fixmatch', weak } });
  assert.equal(consistency?.weak.shift, 0.05);
  assert.equal(consistency?.weak.policy.kind, 'none');
});

const WRONG: ReadonlyArray<readonly [string, object, RegExp]> = [
  ['no ratio', { ratio: 0 }, /teacher\.consistency\.ratio: received 0, expected a number above 0/],
  [
    'a ratio too small for one image',
    { ratio: 0.001 },
    /teacher\.consistency\.ratio: .*enough for one unlabelled image with 64/,
  ],
  [
    'a threshold above 1',
    { threshold: { value: 1.2 } },
    /teacher\.consistency\.threshold\.value: received 1\.2, expected a number from 0 to 1/,
  ],
  [
    'a ramp that ends before it starts',
    { ramp: { start: 0.5, end: 0.2 } },
    /teacher\.consistency\.ramp\.end: .*ends after it starts/,
  ],
  ['mixed views', { strong: { mixup: 0.4 } }, /teacher\.consistency\.strong.*mixup/],
  [
    'a quota of nothing',
    { threshold: { rule: 'quota', quota: 0 } },
    /teacher\.consistency\.threshold\.quota: received 0, expected a number above 0/,
  ],
  ['a temperature of 0', { labels: 'soft', temperature: 0 }, /teacher\.consistency\.temperature: received 0/],
  ['a rule that is none', { threshold: { rule: 'flexmach' } }, /rule: received "flexmach".*"flexmatch"/],
];

for (const [what, change, message] of WRONG) {
  test(`refused before any training: ${what}`, () => {
    assert.throws(() => parse({ consistency: { kind: 'fixmatch', ...change } }), message);
  });
}

test('refused before any training: Lee’s method with a strong view, replicas, no kind', () => {
  assert.throws(() => parse({ consistency: { kind: 'pseudo-label', strong: {} } }), /strong/);
  assert.throws(() => parse({ consistency: {} }), /teacher\.consistency/);
  assert.throws(
    () => parse({ replicas: 2, consistency: { kind: 'fixmatch' } }),
    /teacher\.replicas: .*expected 1 with consistency/,
  );
});

test('a student’s strong views grow stronger with the generations, as its augmentation does', () => {
  const policy = { kind: 'rand-augment', magnitude: 5, growth: 3 };
  const config = parse({}, { consistency: { kind: 'fixmatch', strong: { policy } } });
  const magnitudes = [1, 2, 3].map((generation) => {
    const { consistency } = trainingForGeneration(config, generation);
    assert.ok(consistency?.kind === 'fixmatch' && consistency.strong.policy.kind === 'rand-augment');
    return consistency.strong.policy.magnitude;
  });
  assert.deepEqual(magnitudes, [5, 8, 11]);
});
