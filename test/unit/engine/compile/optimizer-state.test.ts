import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  optimizerState,
  Program,
  softmaxCrossEntropy,
  type TensorFlow,
  tf,
} from '../../../../engine/index.js';

const OPTIMIZERS: Record<string, () => TensorFlow.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9, true),
  adam: () => tf.train.adam(0.05),
  adamax: () => tf.train.adamax(0.05),
  adagrad: () => tf.train.adagrad(0.1, 0.1),
  adadelta: () => tf.train.adadelta(0.5),
  rmsprop: () => tf.train.rmsprop(0.02, 0.9, 0.5, 1e-4, true),
};

const STEPS = 20;

/** Losses and final weights of some steps on a small classification task. */
function trained(optimizer: TensorFlow.Optimizer, eager: boolean): number[] {
  const weights = tf.variable(tf.fill([4, 3], 0.1));
  const bias = tf.variable(tf.zeros([3]));
  const variables = [weights, bias];
  const program = new Program([...variables, ...optimizerState(optimizer, variables)], {
    eager,
    deterministic: true,
  });
  const step = program.compile(({ x, y }) => {
    const loss = () => {
      const scores = tf.add(tf.matMul(x!, weights), bias) as TensorFlow.Tensor2D;
      return tf.mean(softmaxCrossEntropy(scores, y as TensorFlow.Tensor2D)) as TensorFlow.Scalar;
    };
    return { loss: optimizer.minimize(loss, true, variables)! };
  });
  const losses = Array.from({ length: STEPS }, (_, at) => {
    const values = Float32Array.from({ length: 20 }, (_, place) => Math.sin(1 + place * (at + 1)));
    const classes = Float32Array.from({ length: 15 }, (_, place) => (place % 4 === 0 ? 1 : 0));
    const { loss } = step.run({ x: { values, shape: [5, 4] }, y: { values: classes, shape: [5, 3] } });
    const value = loss!.dataSync()[0]!;
    loss!.dispose();
    return value;
  });
  program.pull();
  const result = [...losses, ...weights.dataSync(), ...bias.dataSync()];
  program.dispose();
  return result;
}

for (const [name, make] of Object.entries(OPTIMIZERS)) {
  test(`tf.train.${name} compiled updates weights as it does eagerly`, () => {
    const compiled = trained(make(), false);
    assert.deepEqual(compiled, trained(make(), true));
    assert.notDeepEqual(compiled.slice(-3), [0, 0, 0]);
  });
}

test('optimizerState changes neither the weights nor the optimizer’s updates', () => {
  const plain = tf.train.adam(0.05);
  const weights = tf.variable(tf.tensor1d([1, 2]));
  const twin = tf.variable(tf.tensor1d([1, 2]));
  const asked = tf.train.adam(0.05);
  optimizerState(asked, [twin]);
  assert.deepEqual([...twin.dataSync()], [1, 2]);
  for (let step = 0; step < 3; step++) {
    plain.minimize(() => tf.sum(tf.square(weights)), false, [weights]);
    asked.minimize(() => tf.sum(tf.square(twin)), false, [twin]);
  }
  assert.deepEqual([...twin.dataSync()], [...weights.dataSync()]);
});
