import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  type Input,
  type Named,
  NotTraceableError,
  Program,
  type ProgramFunction,
  type TensorFlow,
  tf,
} from '../../../../engine/index.js';

type Tensors = Named<TensorFlow.Tensor>;

const programs: Program[] = [];
after(() => {
  for (const program of programs) program.dispose();
});

function programOf(variables: TensorFlow.Variable[] = [], options = {}): Program {
  const program = new Program(variables, options);
  programs.push(program);
  return program;
}

function read(outputs: Record<string, TensorFlow.Tensor>): Record<string, number[]> {
  const values = Object.entries(outputs).map(([name, output]) => [name, [...output.dataSync()]]);
  tf.dispose(outputs);
  return Object.fromEntries(values) as Record<string, number[]>;
}

const floats = (...values: number[]): Input => ({
  values: Float32Array.from(values),
  shape: [values.length],
});

for (const options of [{}, { eager: true }]) {
  const kind = JSON.stringify(options);

  test(`${kind}: two inputs may be one tensor in one call and two in the next; an input may be a variable`, () => {
    const variable = tf.variable(tf.tensor1d([5]), false);
    const compiled = programOf([variable], options).compile(({ a, b }) => ({ difference: tf.sub(a!, b!) }));
    const one = tf.tensor1d([7]);
    assert.deepEqual(read(compiled.run({ a: one, b: one })), { difference: [0] });
    assert.deepEqual(read(compiled.run({ a: one, b: tf.tensor1d([2]) })), { difference: [5] });
    assert.deepEqual(read(compiled.run({ a: variable, b: one })), { difference: [-2] });
  });

  test(`${kind}: outputs may be inputs, variables, or one tensor with two names; the caller owns them`, () => {
    const variable = tf.variable(tf.tensor1d([5]), false);
    const compiled = programOf([variable], options).compile(({ a }) => {
      const doubled = tf.mul(a!, 2);
      return { a: a!, variable, doubled, again: doubled };
    });
    const a = tf.tensor1d([3]);
    assert.deepEqual(read(compiled.run({ a })), { a: [3], variable: [5], doubled: [6], again: [6] });
    assert.deepEqual([...a.dataSync(), ...variable.dataSync()], [3, 5]);
    assert.deepEqual(read(compiled.run({ a: floats(4) })), {
      a: [4],
      variable: [5],
      doubled: [8],
      again: [8],
    });
  });

  test(`${kind}: variables created from one tensor are independent`, () => {
    const start = tf.tensor1d([1]);
    const [one, other] = [tf.variable(start, false), tf.variable(start, false)];
    const program = programOf([one!, other!], options);
    const step = program.compile(({ by }) => {
      one!.assign(tf.add(one!, by!));
      return { one: tf.add(one!, 0), other: tf.add(other!, 0) };
    });
    assert.deepEqual(read(step.run({ by: floats(10) })), { one: [11], other: [1] });
    program.pull();
    assert.deepEqual([...one!.dataSync(), ...other!.dataSync()], [11, 1]);
  });

  test(`${kind}: an input that is neither a tensor nor values with a shape is refused by name`, () => {
    const compiled = programOf([], options).compile(({ x }) => ({ y: tf.neg(x!) }));
    for (const input of [
      null,
      3,
      [1],
      { values: [1, 2], shape: [2] },
      { values: new Float64Array(2), shape: [2] },
    ]) {
      assert.throws(() => compiled.run({ x: input as unknown as Input }), /^TypeError: input "x": received /);
    }
    assert.throws(
      () => compiled.run({ x: { values: new Float32Array(3), shape: [2] } }),
      /2 values but has 3/,
    );
  });

  test(`${kind}: a function that does not return named tensors is refused`, () => {
    for (const returned of [undefined, 3, Promise.resolve({}), { y: 3 }]) {
      const compiled = programOf([], options).compile(() => returned as unknown as Tensors);
      assert.throws(
        () => compiled.run({}),
        /^TypeError: the step: received something other than named tensors/,
      );
    }
  });

  test(`${kind}: a program that was disposed of refuses to run`, () => {
    const program = new Program([], options);
    const compiled = program.compile(({ x }) => ({ y: tf.neg(x!) }));
    compiled.run({ x: floats(1) });
    program.dispose();
    program.dispose();
    assert.throws(() => compiled.run({ x: floats(1) }), /closed|disposed of/);
    assert.throws(() => program.compile(() => ({})), /disposed of/);
  });
}

test('functions of a program share its variables for all input shapes; programs share none', () => {
  const total = tf.variable(tf.scalar(0), false);
  const program = programOf([total]);
  const add = program.compile(({ batch }) => {
    total.assign(tf.add(total, tf.sum(batch!)));
    return {};
  });
  const look = program.compile(() => ({ total: tf.add(total, 0) }));
  add.run({ batch: floats(1, 2, 3, 4) });
  add.run({ batch: floats(1, 2, 3, 4) });
  add.run({ batch: floats(5) });
  assert.deepEqual(read(look.run({})), { total: [25] });
  const other = programOf([total]).compile(() => ({ total: tf.add(total, 0) }));
  assert.deepEqual(read(other.run({})), { total: [0] });
});

test('uint8 inputs become float32, int32 stays int32, and an empty batch stays empty', () => {
  const compiled = programOf().compile(({ x }) => ({
    half: tf.div(tf.cast(x!, 'float32'), 2),
    sum: tf.sum(x!),
  }));
  assert.deepEqual(read(compiled.run({ x: { values: Uint8Array.of(3, 255), shape: [2] } })), {
    half: [1.5, 127.5],
    sum: [258],
  });
  assert.deepEqual(read(compiled.run({ x: { values: Int32Array.of(-3, 7), shape: [2] } })), {
    half: [-1.5, 3.5],
    sum: [4],
  });
  assert.deepEqual(read(compiled.run({ x: { values: new Float32Array(0), shape: [0] } })), {
    half: [],
    sum: [0],
  });
});

/** Takes long enough to delay a timer if it blocked. */
function slowFunction(program: Program): ProgramFunction {
  return program.compile(({ x }) => {
    let y = x!;
    for (let round = 0; round < 12; round++)
      y = tf.tanh(tf.matMul(y as TensorFlow.Tensor2D, x as TensorFlow.Tensor2D));
    return { sum: tf.sum(y) };
  });
}

test('an asynchronous run does not block the event loop; its program can’t be disposed of meanwhile', async () => {
  const program = programOf();
  const slow = slowFunction(program);
  const side = 700;
  const x = { values: new Float32Array(side * side).fill(0.001), shape: [side, side] };
  tf.dispose(slow.run({ x }));
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const running = slow.runAsync({ x });
  assert.throws(() => program.dispose(), /under way/);
  tf.dispose(await running);
  clearInterval(timer);
  assert.ok(ticks > 0, 'a timer fired meanwhile');
});

test('concurrent runs return their own results', async () => {
  const compiled = programOf().compile(({ x }) => ({ y: tf.square(x!) }));
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) => compiled.runAsync({ x: floats(index) })),
  );
  assert.deepEqual(
    results.map((outputs) => read(outputs)['y']),
    Array.from({ length: 20 }, (_, index) => [index * index]),
  );
});

const outside = tf.variable(tf.tensor1d([2, 3]), false);
for (const [what, step, message] of [
  ['a branch on data', ({ x }) => ({ y: x!.dataSync()[0]! > 0 ? tf.neg(x!) : x! }), /reads a value/],
  [
    'a value of a tensor from outside',
    ({ x }) => ({ y: tf.mul(x!, outside.dataSync()[0]!) }),
    /reads a value/,
  ],
  ['a variable created inside', ({ x }) => ({ y: tf.variable(x!) }), /creates a variable/],
  ['tf.randomUniform', () => ({ y: tf.randomUniform([2]) }), /draws random numbers in JavaScript/],
  ['tf.dropout', ({ x }) => ({ y: tf.dropout(x!, 0.5) }), /draws random numbers in JavaScript/],
  [
    'a random stream of TensorFlow',
    ({ x }) => ({ y: tf.multinomial(x as TensorFlow.Tensor1D, 2, 7) }),
    /operation Multinomial: it is stateful/,
  ],
  [
    'another variable assigned',
    ({ x }) => {
      outside.assign(tf.neg(x!) as TensorFlow.Tensor1D);
      return { y: x! };
    },
    /assigns to the variable/,
  ],
] as const satisfies ReadonlyArray<readonly [string, (inputs: Tensors) => Tensors, RegExp]>) {
  test(`${what} is refused in a graph and works eagerly`, () => {
    const x = tf.tensor1d([0.4, 0.6]);
    assert.throws(
      () => programOf().compile(step).run({ x }),
      (error: Error) => error instanceof NotTraceableError && message.test(error.message),
    );
    assert.deepEqual([...tf.neg(x).dataSync()].length, 2, 'eager execution goes on as before');
    assert.ok(Math.random() < 1);
    tf.dispose(programOf([], { eager: true }).compile(step).run({ x }));
  });
}
