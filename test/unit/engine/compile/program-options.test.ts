import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotTraceableError, onDevice, Program, type TensorFlow, tf } from '../../../../engine/index.js';

type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

const images = tf.randomNormal([4, 8, 8, 3], 0, 1, 'float32', 1) as TensorFlow.Tensor4D;
const kernel = tf.variable(tf.randomNormal([3, 3, 3, 16], 0, 1, 'float32', 2), false);

function valuesOf(outputs: Record<string, TensorFlow.Tensor>): number[] {
  const values = Object.values(outputs).flatMap((output) => [...output.dataSync()]);
  tf.dispose(outputs);
  return values;
}

const convolve = ({ x }: Tensors) => ({
  y: tf.conv2d(x as TensorFlow.Tensor4D, kernel as unknown as TensorFlow.Tensor4D, 1, 'same'),
});

function largestDifference(some: readonly number[], others: readonly number[]): number {
  return Math.max(...some.map((value, index) => Math.abs(value - others[index]!)));
}

test('a frozen program keeps its variables’ initial values and may not assign them', () => {
  const program = new Program([kernel], { frozen: true });
  const before = valuesOf(convolve({ x: images }));
  const compiled = program.compile(convolve);
  assert.ok(largestDifference(valuesOf(compiled.run({ x: images })), before) < 1e-4);
  const kept = kernel.clone();
  kernel.assign(tf.zerosLike(kernel));
  program.push();
  assert.ok(largestDifference(valuesOf(compiled.run({ x: images })), before) < 1e-4);
  kernel.assign(kept);
  const assigning = program.compile(({ x }) => {
    kernel.assign(tf.neg(kernel));
    return { x: x! };
  });
  assert.throws(
    () => assigning.run({ x: images }),
    (error: Error) => error instanceof NotTraceableError && /frozen/.test(error.message),
  );
  program.dispose();
});

test('bfloat16 results are close to float32; variables and results stay float32', () => {
  const exact = valuesOf(convolve({ x: images }));
  const program = new Program([kernel], { precision: 'bfloat16' });
  const half = valuesOf(program.compile(convolve).run({ x: images }));
  const difference = largestDifference(half, exact);
  // 8 bits of mantissa; sums of 27 products of about 1.
  assert.ok(difference < 0.2, `largest difference ${difference}`);
  program.pull();
  program.dispose();
  assert.throws(
    () => new Program([], { precision: 'bfloat16', deterministic: true }),
    /precision: received bfloat16, expected float32/,
  );
});

test('parts of a function run on several devices with the same result', () => {
  const program = new Program([kernel], { cpuDevices: 2 });
  const inParts = program.compile(({ x }) => {
    const parts = tf.split(x!, 2).map((part, number) => onDevice(number, () => convolve({ x: part }).y));
    return { y: tf.concat(parts) };
  });
  const whole = valuesOf(convolve({ x: images }));
  assert.ok(largestDifference(valuesOf(inParts.run({ x: images })), whole) < 1e-4);
  program.dispose();
});
