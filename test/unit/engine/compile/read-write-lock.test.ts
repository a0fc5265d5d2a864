import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program, type TensorFlow, tf } from '../../../../engine/index.js';

const SIZE = 200_000;

test('runs that assign variables run in the order of the calls; reads in between see the earlier values', async () => {
  const total = tf.variable(tf.zeros([SIZE]), false);
  const program = new Program([total], { deterministic: true });
  const add = program.compile(({ x }) => {
    total.assign(tf.add(total, tf.square(tf.sqrt(x!))));
    return { largest: tf.max(total) };
  });
  const read = program.compile(() => ({ least: tf.min(total) }));
  const x = { values: new Float32Array(SIZE).fill(1), shape: [SIZE] };
  tf.dispose([add.run({ x }), read.run({})]);
  const runs: Array<Promise<Record<string, TensorFlow.Tensor>>> = [];
  for (let run = 0; run < 20; run++) {
    runs.push(add.runAsync({ x }), read.runAsync({}), read.runAsync({}));
    // Waiting runs have copied their inputs.
    x.values.fill(run + 2);
  }
  assert.throws(() => program.pull(), /pull: the program has conflicting runs in progress/);
  assert.throws(() => program.push(), /push: the program has conflicting runs in progress/);
  assert.throws(() => read.run({}), /run: the program has conflicting runs in progress/);
  const received = (await Promise.all(runs)).map(({ largest, least }) => (largest ?? least)!.dataSync()[0]!);
  const expected = Array.from({ length: 20 }, (_, run) => 1 + ((run + 1) * (run + 2)) / 2);
  received.forEach((value, place) => {
    assert.ok(Math.abs(value - expected[Math.floor(place / 3)]!) < 0.01, `${place}: ${value}`);
  });
  program.pull();
  assert.ok(Math.abs(total.dataSync()[0]! - expected.at(-1)!) < 0.01);
  program.dispose();
});

test('a failed run releases the lock', async () => {
  const total = tf.variable(tf.scalar(0, 'int32'), false);
  const program = new Program([total]);
  const divide = program.compile(({ x }) => {
    total.assign(tf.add(total, tf.div(tf.scalar(6, 'int32'), x!)));
    return { total: total.clone() };
  });
  const of = (value: number) => divide.runAsync({ x: { values: Int32Array.of(value), shape: [] } });
  const [first, second, third] = await Promise.allSettled([of(2), of(0), of(3)]);
  assert.equal(first!.status, 'fulfilled');
  assert.equal(second!.status, 'rejected');
  assert.equal(third!.status === 'fulfilled' && third.value['total']!.dataSync()[0], 5);
  program.dispose();
});
