import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program, type TensorFlow, tf } from '../../../../engine/index.js';

type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

/** Takes some tenths of a second. */
const LONG = 700;
const long = ({ x }: Tensors) => {
  let y = x!;
  for (let time = 0; time < 6; time++) y = tf.matMul(y, x!);
  return { sum: tf.sum(y) };
};

test('the event loop continues while a step runs', async () => {
  const program = new Program([]);
  const compiled = program.compile(long);
  const x = tf.fill([LONG, LONG], 1 / LONG);
  tf.dispose(compiled.run({ x }));
  let ticks = 0;
  let isDone = false;
  const tick = () => {
    ticks++;
    if (!isDone) setImmediate(tick);
  };
  setImmediate(tick);
  const { sum } = await compiled.runAsync({ x });
  isDone = true;
  assert.ok(Math.abs(sum!.dataSync()[0]! / LONG - 1) < 1e-3);
  // At least one tick, even on a busy machine: a blocking run would leave none.
  assert.ok(ticks > 0);
  program.dispose();
});

test('concurrent runs of two signatures return their own results', async () => {
  const program = new Program([]);
  const compiled = program.compile(({ x }) => ({ y: tf.mul(tf.sum(tf.matMul(x!, x!, false, true)), 2) }));
  const values = new Float32Array(64);
  const runs = Array.from({ length: 100 }, (_, run) => {
    const size = run % 2 === 0 ? 64 : 32;
    // The caller may reuse its memory immediately.
    const sent = compiled.runAsync({ x: { values: values.fill(run).subarray(0, size), shape: [1, size] } });
    values.fill(-1);
    return sent;
  });
  const received = (await Promise.all(runs)).map(({ y }) => y!.dataSync()[0]);
  assert.deepEqual(
    received,
    Array.from({ length: 100 }, (_, run) => 2 * run * run * (run % 2 === 0 ? 64 : 32)),
  );
  program.dispose();
});

test('a program can’t be disposed of during a run, and refuses to run afterwards', async () => {
  const held = tf.variable(tf.tensor1d([1]), false);
  const program = new Program([held]);
  const compiled = program.compile(long);
  const x = tf.fill([LONG, LONG], 1 / LONG);
  const small = { x: tf.ones([1, 1]) };
  tf.dispose([compiled.run({ x }), compiled.run(small)]);
  const running = compiled.runAsync({ x });
  assert.throws(() => program.dispose(), /can't be closed while a run is under way/);
  const { sum } = await running;
  assert.ok(Math.abs(sum!.dataSync()[0]! / LONG - 1) < 1e-3);

  program.dispose();
  program.dispose();
  const gone = /is closed|disposed/;
  assert.throws(() => compiled.run(small), gone);
  await assert.rejects(compiled.runAsync(small), gone);
  assert.throws(() => compiled.run({ x: tf.ones([2, 2]) }), gone, 'a new signature');
  assert.throws(() => program.pull(), gone);
  assert.throws(() => program.push(), gone);
});

test('a failed run rejects, and the next run succeeds', async () => {
  const program = new Program([]);
  const compiled = program.compile(({ x, at }) => ({
    y: tf.div(tf.cast(x!, 'int32'), tf.cast(at!, 'int32')),
  }));
  const x = tf.tensor1d([6], 'int32');
  await assert.rejects(compiled.runAsync({ x, at: tf.tensor1d([0], 'int32') }), /[Dd]ivision by zero/);
  assert.throws(() => compiled.run({ x, at: tf.tensor1d([0], 'int32') }), /[Dd]ivision by zero/);
  const { y } = await compiled.runAsync({ x, at: tf.tensor1d([3], 'int32') });
  assert.deepEqual([...y!.dataSync()], [2]);
  program.dispose();
});

test('a program that is garbage-collected still finishes its run', async () => {
  const dropped = () => new Program([]).compile(long).runAsync({ x: tf.fill([64, 64], 1 / 64) });
  const { sum } = await dropped();
  assert.ok(Math.abs(sum!.dataSync()[0]! / 64 - 1) < 1e-3);
});
