import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotTraceableError, Program, type TensorFlow, tf } from '../../../../engine/index.js';

type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;
type Step = (inputs: Tensors) => Tensors;

const uploaded = tf.tensor1d([2, 2]);
tf.dispose(tf.neg(uploaded));
const fresh = tf.tensor1d([2, 2]);
const declared = tf.variable(tf.tensor1d([3, 3]), false);
const undeclared = tf.variable(tf.tensor1d([4, 4]), false);

const READS = /the step reads a value.*Return the tensor and read it outside the step/;
const DRAWS = /the step draws random numbers in JavaScript \(tf\.randomUniform.*with a seed that is an input/;
const OUTSIDE = /created before the step is neither an input nor a variable: pass it as an input/;

/** Steps that a graph can't represent, and the expected message. */
const REFUSED: Record<string, [step: Step, message: RegExp]> = {
  'reads its input': [({ x }) => ({ y: tf.mul(x!, x!.dataSync()[0]!) }), READS],
  'reads a result': [({ x }) => ({ y: tf.mul(x!, tf.sum(x!).arraySync() as number) }), READS],
  'reads a variable': [({ x }) => ({ y: tf.mul(x!, declared.dataSync()[0]!) }), READS],
  'branches on data': [({ x }) => ({ y: tf.max(x!).dataSync()[0]! > 0 ? tf.neg(x!) : tf.abs(x!) }), READS],
  prints: [
    ({ x }) => {
      tf.neg(x!).print();
      return { y: tf.neg(x!) };
    },
    READS,
  ],
  'uses a tensor from outside': [({ x }) => ({ y: tf.add(x!, uploaded) }), OUTSIDE],
  'uses a tensor from outside that tfjs has not uploaded': [({ x }) => ({ y: tf.add(x!, fresh) }), OUTSIDE],
  'returns a tensor from outside': [() => ({ y: uploaded.clone() }), OUTSIDE],
  'uses a variable that is not the program’s': [({ x }) => ({ y: tf.add(x!, undeclared) }), OUTSIDE],
  'creates a variable': [
    ({ x }) => ({ y: tf.variable(x!, false, `made-${Math.floor(performance.now() * 1e6)}`).clone() }),
    /the step creates a variable "made-\d+": create it before, and add it to the program's variables/,
  ],
  'tf.randomUniform': [() => ({ y: tf.randomUniform([2]) }), DRAWS],
  'tf.randomNormal': [() => ({ y: tf.randomNormal([2]) }), DRAWS],
  'tf.truncatedNormal': [() => ({ y: tf.truncatedNormal([2]) }), DRAWS],
  'tf.randomGamma': [() => ({ y: tf.randomGamma([2], 1) }), DRAWS],
  'tf.dropout': [({ x }) => ({ y: tf.dropout(x!, 0.5) }), DRAWS],
  'the stock noise layer': [
    ({ x }) => ({
      y: tf.layers.gaussianNoise({ stddev: 1 }).apply(x!, { training: true }) as TensorFlow.Tensor,
    }),
    DRAWS,
  ],
  'Math.random': [({ x }) => ({ y: tf.mul(x!, Math.random()) }), DRAWS],
  'tf.multinomial': [() => ({ y: tf.multinomial(tf.tensor1d([0.5, 0.5]), 2) }), DRAWS],
  'tf.multinomial with a seed': [
    () => ({ y: tf.multinomial(tf.tensor1d([0.5, 0.5]), 2, 7) }),
    /operation Multinomial: it is stateful/,
  ],
  'gathers by indices that are data': [({ x }) => ({ y: tf.gather(x!, tf.argMax(x!)) }), READS],
  'returns text': [() => ({ y: tf.tensor1d(['a']) }), /received string, expected float32, int32 or bool/],
};

const x = tf.tensor1d([1, 2]);

for (const [name, [step, message]] of Object.entries(REFUSED)) {
  test(`a step that ${name} is refused, changes nothing, and runs eagerly`, () => {
    const program = new Program([declared]);
    const refused = program.compile((inputs) => {
      declared.assign(tf.add(declared, 1));
      return step(inputs);
    });
    const before = tf.memory().numTensors;
    for (let time = 0; time < 2; time++) {
      assert.throws(
        () => refused.run({ x }),
        (error: Error) =>
          (error instanceof NotTraceableError || error instanceof TypeError) && message.test(error.message),
        name,
      );
    }
    assert.equal(tf.memory().numTensors, before, 'tensors are left');
    assert.deepEqual([...declared.dataSync()], [3, 3]);
    assert.ok(Math.random() < 1);
    const good = program.compile(({ x }) => ({ y: tf.add(x!, declared) }));
    assert.deepEqual([...good.run({ x })['y']!.dataSync()], [4, 5], 'the program goes on');
    program.dispose();

    const log = console.log;
    console.log = () => {};
    try {
      const eager = new Program([declared], { eager: true });
      const { y } = eager.compile(step).run({ x });
      assert.ok(y instanceof tf.Tensor);
    } finally {
      console.log = log;
    }
  });
}

test('random numbers with a constant seed are the same on every call, eager and compiled', () => {
  const step = () => ({ y: tf.randomUniform([3], 0, 1, 'float32', 5) });
  const program = new Program([]);
  const compiled = program.compile(step);
  const [first, second] = [compiled.run({})['y']!, compiled.run({})['y']!];
  assert.deepEqual([...first.dataSync()], [...step().y.dataSync()]);
  assert.deepEqual([...second.dataSync()], [...first.dataSync()]);
  program.dispose();
});

test('an error thrown by the step passes through, and tracing can be retried', () => {
  const program = new Program([]);
  let isBroken = true;
  const compiled = program.compile(({ x }) => {
    if (isBroken) throw new RangeError('mine');
    return { y: tf.neg(x!) };
  });
  assert.throws(() => compiled.run({ x }), { name: 'RangeError', message: 'mine' });
  isBroken = false;
  assert.deepEqual([...compiled.run({ x })['y']!.dataSync()], [-1, -2]);
  program.dispose();
});
