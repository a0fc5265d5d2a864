import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program, type TensorFlow, tf } from '../../../../engine/index.js';

type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

function valuesOf(outputs: Record<string, TensorFlow.Tensor>): Record<string, number[]> {
  const values = Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => [name, [...tensor.dataSync()]]),
  );
  tf.dispose(outputs);
  return values;
}

function variable(values: number[], dtype: 'float32' | 'int32' | 'bool' = 'float32') {
  return tf.variable(tf.tensor1d(values, dtype), false);
}

for (const eager of [false, true]) {
  const name = eager ? 'eager' : 'compiled';

  test(`${name}: all functions and signatures of a program share its variables`, () => {
    const total = variable([0]);
    const count = variable([0], 'int32');
    const program = new Program([total, count], { eager });
    let traces = 0;
    const add = program.compile(({ batch }) => {
      traces++;
      total.assign(tf.add(total, tf.sum(batch!)));
      count.assign(tf.add(count, tf.scalar(1, 'int32')));
      return { total: total.clone() };
    });
    const reset = program.compile(() => {
      total.assign(tf.zerosLike(total));
      return {};
    });
    const read = program.compile(() => ({ total: total.clone(), count: count.clone() }));
    const whole = { values: Float32Array.of(1, 2, 3, 4), shape: [4, 1] };
    const partial = { values: Float32Array.of(10, 20), shape: [2, 1] };

    assert.deepEqual(valuesOf(add.run({ batch: whole })), { total: [10] });
    assert.deepEqual(valuesOf(add.run({ batch: partial })), { total: [40] });
    assert.deepEqual(valuesOf(add.run({ batch: whole })), { total: [50] });
    assert.deepEqual(valuesOf(add.run({ batch: partial })), { total: [80] });
    if (!eager) assert.equal(traces, 2);
    assert.deepEqual(valuesOf(read.run({})), { total: [80], count: [4] });
    reset.run({});
    assert.deepEqual(valuesOf(add.run({ batch: whole })), { total: [10] });
    program.pull();
    assert.deepEqual([...count.dataSync()], [5]);
    program.dispose();
  });

  test(`${name}: programs are independent, even with the same variables`, () => {
    const mine = variable([1]);
    const step = ({ x }: Tensors) => {
      mine.assign(tf.mul(mine, x!));
      return { mine: mine.clone() };
    };
    const x = tf.tensor1d([3]);
    const programs = [0, 1].map(() => {
      const other = variable([1]);
      const program = new Program([other], { eager });
      const run = program.compile(({ x }) => {
        other.assign(tf.mul(other, x!));
        return { other: other.clone() };
      });
      return { program, run };
    });
    programs[0]!.run.run({ x });
    assert.deepEqual(valuesOf(programs[0]!.run.run({ x })), { other: [9] });
    assert.deepEqual(valuesOf(programs[1]!.run.run({ x })), { other: [3] });
    if (eager) return;
    const [first, second] = [new Program([mine]), new Program([mine])];
    const firstStep = first.compile(step);
    const secondStep = second.compile(step);
    firstStep.run({ x });
    assert.deepEqual(valuesOf(firstStep.run({ x })), { mine: [9] });
    assert.deepEqual(valuesOf(secondStep.run({ x })), { mine: [3] });
    first.dispose();
    assert.deepEqual(valuesOf(secondStep.run({ x })), { mine: [9] }, 'a program outlives another');
    second.dispose();
  });

  test(`${name}: variables can swap values; a read sees the assignments before it`, () => {
    const a = variable([1]);
    const b = variable([2]);
    const flag = variable([1], 'bool');
    const program = new Program([a, b, flag], { eager });
    const swap = program.compile(() => {
      const before = tf.add(a, 0);
      a.assign(b);
      const between = tf.add(a, 0);
      b.assign(before as TensorFlow.Tensor1D);
      a.assign(tf.mul(a, 10));
      flag.assign(tf.logicalNot(flag));
      return { before, between, after: tf.add(a, b), flag: flag.clone() };
    });
    assert.deepEqual(valuesOf(swap.run({})), { before: [1], between: [2], after: [21], flag: [0] });
    assert.deepEqual(valuesOf(swap.run({})), { before: [20], between: [1], after: [30], flag: [1] });
    program.pull();
    assert.deepEqual(
      [a, b, flag].map((one) => one.dataSync()[0]),
      [10, 20, 1],
    );
    program.dispose();
  });

  test(`${name}: a variable keeps its assigned value after the caller's tensor is disposed of`, () => {
    const kept = variable([0, 0]);
    const program = new Program([kept], { eager });
    const keep = program.compile(({ x }) => {
      kept.assign(x as TensorFlow.Tensor1D);
      return {};
    });
    const read = program.compile(() => ({ kept: kept.clone() }));
    const x = tf.tensor1d([1, 2]);
    keep.run({ x });
    x.dispose();
    const values = Float32Array.of(7, 8);
    assert.deepEqual(valuesOf(read.run({})), { kept: [1, 2] });
    keep.run({ x: { values, shape: [2] } });
    values.fill(0);
    if (!eager) assert.deepEqual(valuesOf(read.run({})), { kept: [7, 8] });
    program.dispose();
  });

  test(`${name}: an output that is an input is a separate tensor of the caller`, () => {
    const program = new Program([], { eager });
    const same = program.compile(({ x }) => ({ y: x! }));
    const x = tf.tensor1d([1, 2]);
    const { y } = same.run({ x });
    y!.dispose();
    assert.deepEqual([...x.dataSync()], [1, 2]);
    program.dispose();
  });
}

test('outputs may be inputs, variables, constants, or one tensor with two names', () => {
  const held = variable([5]);
  const program = new Program([held]);
  const all = program.compile(({ x }) => {
    const y = tf.neg(x!);
    return { x: x!, again: x!, y, z: y, held, one: tf.scalar(1), isTrue: tf.greater(x!, 0) };
  });
  const outputs = all.run({ x: { values: Uint8Array.of(1, 255), shape: [2] } });
  outputs['y']!.dispose();
  outputs['x']!.dispose();
  outputs['held']!.dispose();
  const { y, x, held: _, ...left } = outputs;
  assert.deepEqual(valuesOf(left), { again: [1, 255], z: [-1, -255], one: [1], isTrue: [1, 1] });
  assert.equal(held.isDisposed, false);
  program.dispose();
});

test('empty batches, scalars and tensors of high rank work as inputs and outputs', () => {
  const program = new Program([]);
  const step = program.compile(({ x }) => ({ x: tf.neg(x!), sum: tf.sum(x!) }));
  for (const shape of [[0, 3], [], [1, 1, 1, 2, 1, 3]]) {
    const x = tf.ones(shape);
    const { x: y, sum } = step.run({ x });
    assert.deepEqual(y!.shape, shape);
    assert.equal(sum!.dataSync()[0], x.size);
  }
  program.dispose();
});
