import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program, softmaxCrossEntropy, type TensorFlow, tf } from '../../../engine/index.js';

const STEPS = 10_000;
const SETTLED = 500;
const LARGEST_GROWTH = 1.03;

/** V8 reserves memory for short-lived values and touches it bit by bit; that growth is none of the steps'. */
function touchYoungGeneration(): number {
  let touched = 0;
  for (let round = 0; round < 3_000_000; round++) touched += [round, round + 1].length;
  const kept = Array.from({ length: 400_000 }, (_, index) => [index]);
  return touched + kept.length;
}

test(`${STEPS} compiled steps leave memory and tensors as they were`, async () => {
  const kernel = tf.variable(tf.randomNormal([3, 3, 1, 8], 0, 0.3, 'float32', 1), true);
  const dense = tf.variable(tf.randomNormal([8, 4], 0, 0.3, 'float32', 2), true);
  const program = new Program([kernel, dense]);
  const step = program.compile(({ images, targets, rate }) => {
    const { value, grads } = tf.variableGrads(() => {
      const convolved = tf.conv2d(
        images as TensorFlow.Tensor4D,
        kernel as unknown as TensorFlow.Tensor4D,
        1,
        'same',
      );
      const pooled = tf.mean(tf.relu(convolved), [1, 2]) as TensorFlow.Tensor2D;
      const scores = tf.matMul(pooled, dense as unknown as TensorFlow.Tensor2D);
      return tf.mean(softmaxCrossEntropy(scores as TensorFlow.Tensor2D, targets as TensorFlow.Tensor2D));
    });
    for (const variable of [kernel, dense]) {
      variable.assign(tf.sub(variable, tf.mul(grads[variable.name]!, rate!)));
    }
    return { loss: value };
  });
  const inputs = {
    images: { values: new Uint8Array(16 * 8 * 8).fill(100), shape: [16, 8, 8, 1] },
    targets: { values: new Float32Array(64).fill(0.25), shape: [16, 4] },
    rate: { values: Float32Array.of(1e-4), shape: [] },
  };
  let memory = 0;
  let tensors = 0;
  for (let done = 0; done < STEPS; done++) {
    if (done === SETTLED) {
      touchYoungGeneration();
      memory = process.memoryUsage().rss;
      tensors = tf.memory().numTensors;
    }
    tf.dispose(await step.runAsync(inputs));
  }
  assert.equal(tf.memory().numTensors, tensors);
  const growth = process.memoryUsage().rss / memory;
  assert.ok(growth < LARGEST_GROWTH, `memory grew ${growth.toFixed(3)} times after step ${SETTLED}`);
  program.dispose();
});
