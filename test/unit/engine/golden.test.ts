import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  batchNormTraining,
  Program,
  softmaxCrossEntropy,
  type TensorFlow,
  tf,
} from '../../../engine/index.js';
import { FlatWeights, flatten } from '../../../learning/training/flat-weights.js';
import { optimizerOf } from '../../../learning/training/optimizer.js';

type Vector = TensorFlow.Tensor1D;

const GOLDEN = new URL('../../../../test/golden/engine/losses.json', import.meta.url);
const [BATCH, SIDE, CLASSES, STEPS, EPSILON] = [8, 8, 3, 50, 1e-3];
const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Record<'momentum' | 'adam', number[]>;

/** As train.py makes them. */
function initial(shape: number[], seed: number): TensorFlow.Variable {
  const size = shape.reduce((product, side) => product * side, 1);
  const values = Float32Array.from({ length: size }, (_, index) => 0.4 * Math.sin(1.7 * index + seed));
  return tf.variable(tf.tensor(values, shape), true);
}

function batchOf(step: number) {
  const images = Float32Array.from({ length: BATCH * SIDE * SIDE }, (_, index) => {
    return ((index * 37 + step * 101 + ((index * index) % 97)) % 256) / 127.5 - 1;
  });
  const targets = new Float32Array(BATCH * CLASSES);
  for (let row = 0; row < BATCH; row++) targets[row * CLASSES + ((row * 2 + step) % CLASSES)] = 1;
  return {
    images: { values: images, shape: [BATCH, SIDE, SIDE, 1] },
    targets: { values: targets, shape: [BATCH, CLASSES] },
  };
}

function train(kind: 'momentum' | 'adam'): number[] {
  const kernels = [initial([3, 3, 1, 4], 0), initial([3, 3, 4, 8], 1)];
  const dense = initial([8, CLASSES], 2);
  const bias = initial([CLASSES], 3);
  const scales = [4, 8].map((channels) => tf.variable(tf.ones([channels]), true));
  const offsets = [4, 8].map((channels) => tf.variable(tf.zeros([channels]), true));
  const trained = new FlatWeights([...kernels, dense, bias, ...scales, ...offsets]);
  const optimizer = optimizerOf({ kind, learningRate: 1, momentum: 0.9, nesterov: false });
  const slots = optimizer.slotNames.map(() => tf.variable(tf.zeros([trained.length]) as Vector, false));
  const convolve = (x: TensorFlow.Tensor, place: number, stride: number) => {
    const kernel = kernels[place] as unknown as TensorFlow.Tensor4D;
    const convolved = tf.conv2d(x as TensorFlow.Tensor4D, kernel, stride, 'same');
    const [scale, offset] = [scales[place], offsets[place]] as unknown as [Vector, Vector];
    return tf.relu(batchNormTraining(convolved, scale, offset, EPSILON, () => {}));
  };
  const program = new Program([...trained.variables, ...slots]);
  const step = program.compile(({ images, targets, rate }) => {
    const { value: loss, grads } = tf.variableGrads(() => {
      const pooled = tf.mean(convolve(convolve(images!, 0, 1), 1, 2), [1, 2]) as TensorFlow.Tensor2D;
      const scores = tf.add(tf.matMul(pooled, dense as unknown as TensorFlow.Tensor2D), bias);
      return tf.mean(softmaxCrossEntropy(scores as TensorFlow.Tensor2D, targets as TensorFlow.Tensor2D));
    }, [...trained.variables]);
    const gradient = flatten(trained.variables.map(({ name }) => grads[name]!));
    const moved = optimizer.update(gradient, slots, rate as TensorFlow.Scalar);
    moved.slots.forEach((slot, place) => {
      slots[place]!.assign(slot);
    });
    trained.write(tf.add(trained.read(), moved.change) as Vector);
    return { loss };
  });
  const learningRate = kind === 'momentum' ? 0.05 : 0.01;
  const losses = Array.from({ length: STEPS }, (_, number) => {
    const rate = { values: Float32Array.of(optimizer.stepSize(learningRate, number)), shape: [] };
    const { loss } = step.run({ ...batchOf(number), rate });
    return loss!.dataSync()[0]!;
  });
  program.dispose();
  return losses;
}

for (const kind of ['momentum', 'adam'] as const) {
  test(`${STEPS} steps of ${kind} give the losses of TensorFlow in Python`, () => {
    const losses = train(kind);
    losses.forEach((loss, step) => {
      const expected = golden[kind][step]!;
      assert.ok(
        Math.abs(loss - expected) < 1e-4,
        `step ${step}: ${loss}, TensorFlow in Python has ${expected}`,
      );
    });
  });
}
