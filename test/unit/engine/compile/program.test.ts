import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotTraceableError } from '../../../../engine/compile/not-traceable.js';
import { Program } from '../../../../engine/compile/program.js';
import { randomUniform } from '../../../../engine/random-uniform.js';
import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';

type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

function valuesOf(tensor: TensorFlow.Tensor): number[] {
  const values = [...tensor.dataSync()];
  tensor.dispose();
  return values;
}

test('a compiled step updates its variables and returns its outputs, step after step', () => {
  const total = tf.variable(tf.tensor1d([1, 2]), false);
  const step = ({ x }: Tensors) => {
    const before = tf.sum(total);
    total.assign(tf.add(total, x!));
    return { before, doubled: tf.mul(x!, 2) };
  };
  const x = tf.tensor1d([10, 20]);
  const program = new Program([total]);
  const compiled = program.compile(step);
  const first = compiled.run({ x });
  assert.deepEqual([...total.dataSync()], [1, 2], 'tracing leaves the variables as they were');

  assert.deepEqual(valuesOf(first['before']!), [3]);
  assert.deepEqual(valuesOf(first['doubled']!), [20, 40]);
  const second = compiled.run({ x: tf.tensor1d([1, 1]) });
  assert.deepEqual(valuesOf(second['before']!), [33]);
  tf.dispose(second['doubled']!);

  program.pull();
  assert.deepEqual([...total.dataSync()], [12, 23]);
  total.assign(tf.tensor1d([0, 0]));
  program.push();
  assert.deepEqual(valuesOf(compiled.run({ x })['before']!), [0]);
  program.dispose();
});

test('random numbers depend on the seed input and are not frozen by tracing', () => {
  const step = ({ seed }: Tensors) => ({ drawn: randomUniform([4], seed as TensorFlow.Tensor1D) });
  const seed = (first: number) => tf.tensor1d([first, 7], 'int32');
  const program = new Program([]);
  const compiled = program.compile(step);
  const drawn = (first: number) => valuesOf(compiled.run({ seed: seed(first) })['drawn']!);
  assert.deepEqual(drawn(2), valuesOf(step({ seed: seed(2) }).drawn));
  assert.deepEqual(drawn(1), drawn(1));
  assert.notDeepEqual(drawn(1), drawn(2));
  program.dispose();
});

test('steps that a graph cannot represent are refused with the remedy', () => {
  const x = tf.tensor1d([1]);
  const outside = tf.tensor1d([2]);
  const program = new Program([]);
  const compile = (step: (inputs: Tensors) => Tensors) => () => program.compile(step).run({ x });
  assert.throws(
    compile(({ x }) => (x!.dataSync()[0]! > 0 ? { y: tf.neg(x!) } : { y: x! })),
    (error: Error) =>
      error instanceof NotTraceableError && /reads a value.*outside the step/.test(error.message),
  );
  assert.throws(
    compile(({ x }) => ({ y: tf.add(x!, outside) })),
    (error: Error) => error instanceof NotTraceableError && /pass it as an input/.test(error.message),
  );
  assert.deepEqual([...tf.add(x, outside).dataSync()], [3], 'eager execution goes on as before');
});

test('hundreds of runs leave no tensors behind', () => {
  const weights = tf.variable(tf.zeros([8, 8]), false);
  const x = tf.ones([8, 8]);
  const step = ({ x }: Tensors) => {
    weights.assign(tf.add(weights, tf.matMul(x!, x!)));
    return { norm: tf.sum(weights) };
  };
  const program = new Program([weights]);
  const compiled = program.compile(step);
  tf.dispose(compiled.run({ x }));
  const before = tf.memory().numTensors;
  for (let run = 0; run < 300; run++) tf.dispose(compiled.run({ x }));
  assert.equal(tf.memory().numTensors, before);
  program.dispose();
});
