import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { TrainingSpec } from '../../../../../domain/config/training.js';
import type { DistillationSpec, ObjectiveSpec, RetentionSpec } from '../../../../../domain/objective-spec.js';
import { type TensorFlow, tf } from '../../../../../engine/tensorflow.js';
import { featureDistance } from '../../../../../learning/training/objectives/feature-distance.js';
import { objectiveOf } from '../../../../../learning/training/objectives/objective-of.js';
import { labelLosses } from '../../../../../learning/training/objectives/row-losses.js';

interface Case<Spec> {
  readonly spec: Omit<Spec, 'views'>;
  readonly student: number[];
  readonly answers: number[];
  readonly labels: number[];
  readonly loss: number;
  readonly gradient: number[];
}

interface Golden {
  readonly distillation: Case<DistillationSpec>[];
  readonly retention: Case<RetentionSpec>[];
  readonly similarity: { student: number[]; teacher: number[]; loss: number; gradient: number[] }[];
}

const FILE = new URL('../../../../../../test/golden/learning/answers.json', import.meta.url);
const golden = JSON.parse(readFileSync(FILE, 'utf8')) as Golden;
const ROWS = 6;
const CLASSES = 5;

function assertNear(received: ArrayLike<number>, expected: ArrayLike<number>, within: number): void {
  assert.equal(received.length, expected.length);
  for (let index = 0; index < expected.length; index++) {
    const [value, wanted] = [received[index]!, expected[index]!];
    assert(
      Math.abs(value - wanted) < within * (1 + Math.abs(wanted)),
      `${index}: ${value}, expected ${wanted}`,
    );
  }
}

/** A row without a label has a target of zeros. */
function targetsOf(labels: readonly number[]): TensorFlow.Tensor2D {
  const targets = new Float32Array(labels.length * CLASSES);
  labels.forEach((label, row) => {
    if (label >= 0) targets[row * CLASSES + label] = 1;
  });
  return tf.tensor2d(targets, [labels.length, CLASSES]);
}

function oneHot(answers: readonly number[]): number[] {
  return Array.from({ length: ROWS }, (_, row) => answers.slice(row * CLASSES, (row + 1) * CLASSES)).flatMap(
    (values) => values.map((value) => (value === Math.max(...values) ? 1 : 0)),
  );
}

function lossOf(spec: ObjectiveSpec, { student, answers, labels }: Case<unknown>) {
  const objective = objectiveOf({} as TrainingSpec, spec);
  const unlabelled = labels.filter((label) => label < 0).length;
  const responses = spec.kind === 'distill' && spec.targets === 'hard' ? oneHot(answers) : answers;
  studentLogits.assign(tf.tensor2d(student, [ROWS, CLASSES]));
  const { value, grads } = tf.variableGrads(() => {
    const inputs = {
      targets: targetsOf(labels),
      responses: tf.tensor2d(responses, [ROWS, responses.length / ROWS]),
    };
    const groups = { labelled: ROWS - unlabelled, unlabelled };
    return objective.loss({ logits: tf.mul(studentLogits, 1), inputs, memory: {}, groups }).loss;
  }, [studentLogits]);
  return { loss: value.dataSync()[0]!, gradient: grads[studentLogits.name]!.dataSync() };
}

const studentLogits = tf.variable(tf.zeros([ROWS, CLASSES])) as TensorFlow.Variable<TensorFlow.Rank.R2>;

for (const [number, { spec, ...golds }] of golden.distillation.entries()) {
  const { alpha, temperature, targets } = spec;
  test(`distillation ${number}: alpha ${alpha}, T ${temperature}, ${targets}, agrees with torch`, () => {
    const { loss, gradient } = lossOf({ ...spec, views: 'recorded' }, { spec, ...golds });
    assertNear([loss], [golds.loss], 1e-5);
    assertNear(gradient, golds.gradient, 1e-5);
  });
}

for (const [number, { spec, ...golds }] of golden.retention.entries()) {
  const { oldClasses, temperature, heads } = spec;
  test(`retention ${number}: ${oldClasses} old classes, T ${temperature}, ${heads} heads, agrees with torch`, () => {
    const { loss, gradient } = lossOf({ ...spec, views: 'recorded' }, { spec, ...golds });
    assertNear([loss], [golds.loss], 1e-5);
    assertNear(gradient, golds.gradient, 1e-5);
  });
}

for (const [number, { student, teacher, loss, gradient }] of golden.similarity.entries()) {
  test(`the distance between features ${number} is Tung and Mori's`, () => {
    const features = tf.variable(tf.tensor2d(student, [ROWS, student.length / ROWS]));
    const { value, grads } = tf.variableGrads(
      () => featureDistance(tf.mul(features, 1), tf.tensor2d(teacher, [ROWS, teacher.length / ROWS])),
      [features],
    );
    assertNear(value.dataSync(), [loss], 1e-5);
    assertNear(grads[features.name]!.dataSync(), gradient, 1e-5);
  });
}

test('a row counts by the sum of its target, in loss and gradient', () => {
  const logits = [1, -2, 0.5, 3, 0, 0.2];
  const variable = tf.variable(tf.tensor2d(logits, [2, 3])) as TensorFlow.Variable<TensorFlow.Rank.R2>;
  const targets = tf.tensor2d([0.4, 0, 0, 0, 0, 0], [2, 3]);
  const { value, grads } = tf.variableGrads(
    () => tf.sum(labelLosses(tf.mul(variable, 1), targets)),
    [variable],
  );
  const powers = logits.slice(0, 3).map(Math.exp);
  const shares = powers.map((power) => power / powers.reduce((sum, one) => sum + one));
  assertNear(value.dataSync(), [-0.4 * Math.log(shares[0]!)], 1e-5);
  const expected = [0.4 * (shares[0]! - 1), 0.4 * shares[1]!, 0.4 * shares[2]!, 0, 0, 0];
  assertNear(grads[variable.name]!.dataSync(), expected, 1e-5);
});

test('softmax of (5, 10) is (0.0067, 0.9933); at a temperature of 100 (0.4875, 0.5125)', () => {
  const softened = (temperature: number) =>
    [...tf.softmax(tf.div(tf.tensor1d([5, 10]), temperature)).dataSync()].map((value) => value.toFixed(4));
  assert.deepEqual(softened(1), ['0.0067', '0.9933']);
  assert.deepEqual(softened(100), ['0.4875', '0.5125']);
});
