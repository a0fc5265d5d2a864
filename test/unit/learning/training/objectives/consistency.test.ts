import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { studentTraining } from '../../../../../domain/config/training.js';
import { type TensorFlow, tf } from '../../../../../engine/tensorflow.js';
import { objectiveOf } from '../../../../../learning/training/objectives/objective-of.js';
import { rampedWeight } from '../../../../../learning/training/objectives/ramp.js';

interface Golden {
  readonly classes: number;
  readonly labelled: number;
  readonly views: number;
  readonly images: number;
  readonly labelsPerClass: number[];
  readonly momentum: number;
  readonly value: number;
  readonly weight: number;
  readonly quota: number;
  readonly cases: ReadonlyArray<{
    readonly kind: 'fixmatch' | 'pseudo-label';
    readonly rule: string;
    readonly alignment: boolean;
    readonly labels: 'hard' | 'soft';
    readonly temperature: number;
    readonly fairness: number;
    readonly steps: ReadonlyArray<
      Record<'scores' | 'targets' | 'places' | 'weights' | 'gradient', number[]> & { readonly loss: number }
    >;
  }>;
}

const FILE = new URL('../../../../../../test/golden/learning/consistency.json', import.meta.url);
const golden = JSON.parse(readFileSync(FILE, 'utf8')) as Golden;
const { classes, labelled, views, images, labelsPerClass, momentum, value, weight, quota } = golden;

function assertNear(received: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert.equal(received.length, expected.length);
  for (let index = 0; index < expected.length; index++) {
    const [one, other] = [received[index]!, expected[index]!];
    assert(
      Math.abs(one - other) < 2e-5 * (1 + Math.abs(other)),
      `${what} ${index}: ${one}, expected ${other}`,
    );
  }
}

for (const { kind, rule, alignment, labels, temperature, fairness, steps } of golden.cases) {
  const name = `${kind}, ${rule}${alignment ? ', aligned' : ''}, ${labels} labels${fairness > 0 ? ', fairly' : ''}`;
  test(`${name}: loss, gradient and used share of each step agree with torch`, () => {
    const training = studentTraining.parse({
      steps: steps.length,
      consistency: {
        ...{ kind, weight, ramp: { start: 0, end: 0 }, alignment, labels, temperature },
        threshold: { rule, value, momentum, fairness, quota },
      },
    });
    const counts = { labelsPerClass, unlabelled: images };
    const objective = objectiveOf(training, undefined, undefined, { counts });
    const groups = {
      ...{ labelled, unlabelled: 0, weak: views },
      ...(kind === 'fixmatch' && { strong: views }),
    };
    let memory: Record<string, TensorFlow.Tensor> = Object.fromEntries(
      Object.entries(objective.memory).map(([key, values]) => [key, tf.tensor1d(values)]),
    );
    for (const [step, { scores, targets, places, weights, loss, gradient }] of steps.entries()) {
      const rows = scores.length / classes;
      const logits = tf.variable(tf.tensor2d(scores, [rows, classes]));
      const inputs = {
        targets: tf.tensor2d(targets, [rows, classes]),
        places: tf.tensor2d(placed(places, rows), [rows, 1]),
        ...Object.fromEntries(
          Object.entries(objective.scalars(step)).map(([key, number]) => [key, tf.scalar(number)]),
        ),
      };
      let used = Number.NaN;
      const given = memory;
      const { value: found, grads } = tf.variableGrads(() => {
        const result = objective.loss({ logits: tf.mul(logits, 1), inputs, memory: given, groups });
        memory = Object.fromEntries(
          Object.entries(result.memory ?? {}).map(([key, tensor]) => [key, tf.keep(tensor.clone())]),
        );
        used = result.measures!['used']!.dataSync()[0]!;
        return result.loss;
      }, [logits]);
      assertNear([used], [weights.reduce((sum, one) => sum + one, 0) / views], `step ${step}, use`);
      assertNear(found.dataSync(), [loss], `step ${step}, loss`);
      assertNear(grads[logits.name]!.dataSync(), gradient, `step ${step}, gradient`);
    }
  });
}

/** Rows to ignore have the place after the last. */
function placed(places: readonly number[], rows: number): Float32Array {
  const all = new Float32Array(rows).fill(images);
  all.set(places, labelled);
  return all;
}

test('Lee’s weight is 0 before the ramp, rises linearly, then stays', () => {
  const spec = { weight: 3, ramp: { start: 0.1, end: 0.6 } };
  const weights = [0, 9, 10, 35, 59, 60, 99].map((step) => rampedWeight(spec, step, 100));
  assert.deepEqual(
    weights.map((one) => Number(one.toFixed(6))),
    [0, 0, 0, 1.5, 2.94, 3, 3],
  );
  assert.equal(rampedWeight({ weight: 1, ramp: { start: 0, end: 0 } }, 0, 100), 1);
});

test('a training with consistency needs the image counts', () => {
  const training = studentTraining.parse({ consistency: { kind: 'fixmatch' } });
  assert.throws(() => objectiveOf(training), /counts: received none/);
});
