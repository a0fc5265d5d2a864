import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { layersConfig } from '../../../../domain/config/layers.js';
import { asTrainingSpec, teacherTraining } from '../../../../domain/config/training.js';
import { ConfigurationError } from '../../../../domain/errors.js';
import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';
import { FusedBatchNormalization } from '../../../../learning/models/layers/fused-batch-normalization.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import { layerRatesOf } from '../../../../learning/training/layer-rates.js';
import { Learner } from '../../../../learning/training/learner.js';

const GOLDEN = new URL('../../../../../test/golden/transfer/layer-rates.json', import.meta.url);

interface Case {
  readonly name: string;
  readonly training: object;
  readonly initial: Readonly<Record<string, readonly number[][]>>;
  readonly losses: readonly number[];
  readonly final: Readonly<Record<string, readonly number[][]>>;
}

interface Golden {
  readonly side: number;
  readonly classes: number;
  readonly pixels: readonly number[][];
  readonly labels: readonly number[][];
  readonly cases: readonly Case[];
}

const golden = JSON.parse(await readFile(GOLDEN, 'utf8')) as Golden;
const NORM = { momentum: 0.9, epsilon: 1e-3 };

/** The network of test/golden/transfer.py. */
function network(): TensorFlow.LayersModel {
  const input = tf.input({ shape: [golden.side, golden.side, 1] });
  const relu = () => tf.layers.activation({ activation: 'relu' });
  const layers = [
    tf.layers.rescaling({ scale: 1 / 255, offset: 0 }),
    tf.layers.conv2d({ name: 'conv1', filters: 4, kernelSize: 3, useBias: false }),
    new FusedBatchNormalization({ name: 'norm1', ...NORM }),
    relu(),
    tf.layers.conv2d({ name: 'conv2', filters: 6, kernelSize: 3, strides: 2, useBias: false }),
    new FusedBatchNormalization({ name: 'norm2', ...NORM }),
    relu(),
    tf.layers.globalAveragePooling2d({}),
    tf.layers.dense({ name: 'head', units: golden.classes }),
  ];
  const output = layers.reduce((x, layer) => layer.apply(x) as TensorFlow.SymbolicTensor, input);
  return tf.model({ inputs: input, outputs: output });
}

const NAMES = ['conv1', 'norm1', 'conv2', 'norm2', 'head'];

function setWeights(model: TensorFlow.LayersModel, weights: Case['initial']): void {
  for (const name of NAMES) {
    const layer = model.getLayer(name);
    tf.tidy(() =>
      layer.setWeights(layer.getWeights().map(({ shape }, at) => tf.tensor(weights[name]![at]!, shape))),
    );
  }
}

const weightsOf = (model: TensorFlow.LayersModel) =>
  NAMES.flatMap((name) =>
    model
      .getLayer(name)
      .getWeights()
      .map((weight) => [...weight.dataSync()]),
  );

const trainingWith = (change: object) =>
  asTrainingSpec(
    teacherTraining.parse({
      steps: golden.pixels.length,
      schedule: { kind: 'constant', warmup: 0 },
      ...change,
    }),
  );

const IMAGE = { height: golden.side, width: golden.side, channels: 1 } as const;

function batchOf(step: number) {
  const labels = golden.labels[step]!;
  const targets = new Float32Array(labels.length * golden.classes);
  labels.forEach((label, row) => {
    targets[row * golden.classes + label] = 1;
  });
  const groups = { labelled: labels.length, unlabelled: 0 };
  return { groups, pixels: Uint8Array.from(golden.pixels[step]!), targets };
}

for (const { name, training, initial, losses, final } of golden.cases) {
  test(`the weights follow PyTorch's parameter groups: ${name}`, async () => {
    const model = network();
    setWeights(model, initial);
    const learner = new Learner(model, IMAGE, trainingWith(training), { seed: 1, generation: 0 });
    for (const [step, expected] of losses.entries()) {
      const loss = await learner.step(step, batchOf(step));
      assert.ok(Math.abs(loss - expected) < 2e-5, `loss of step ${step}: ${loss}, expected ${expected}`);
    }
    await learner.save();
    const expected = NAMES.flatMap((layer) => final[layer]!).flat();
    const differences = weightsOf(model)
      .flat()
      .map((value, index) => Math.abs(value - expected[index]!));
    // Adam's step for a gradient near 0 depends on the gradient's last bits: single weights may differ by more.
    assert.ok(Math.max(...differences) < 1e-3, `${Math.max(...differences)}`);
    assert.ok(differences.reduce((sum, value) => sum + value) / differences.length < 1e-5);
    learner.dispose();
  });
}

test('frozen layers keep the bits of weights, averages, statistics and optimizer slots', async () => {
  for (const kind of ['momentum', 'adam', 'rmsprop'] as const) {
    const model = network();
    setWeights(model, golden.cases[0]!.initial);
    const training = trainingWith({
      optimizer: { kind, learningRate: 0.05 },
      weightDecay: 0.1,
      layers: { backbone: 0 },
    });
    const learner = new Learner(model, IMAGE, training, { seed: 1, generation: 0 });
    const vectors = async () =>
      Object.fromEntries(
        (await learner.save()).map(({ name, bytes }) => [name, new Float32Array(bytes.slice().buffer)]),
      );
    const before = await vectors();
    for (let step = 0; step < 4; step++) await learner.step(step, batchOf(step));
    const after = await vectors();
    const head = 6 * golden.classes + golden.classes;
    const trainable = before['weights']!.length;
    for (const [name, values] of Object.entries(after)) {
      const below = (all: Float32Array) => [
        ...all.slice(0, trainable - head),
        ...(all.length > trainable ? all.slice(trainable) : []),
      ];
      if (name === 'statistics') assert.deepEqual(values, before[name], `${kind} ${name}`);
      else assert.deepEqual(below(values), below(before[name]!), `${kind} ${name}`);
    }
    assert.notDeepEqual(after['weights'], before['weights']);
    learner.dispose();
  }
});

test('a training with gradual unfreezing resumes from a checkpoint to the same weights', async () => {
  const run = async (
    from: number,
    state?: Awaited<ReturnType<Learner['save']>>,
    to = golden.pixels.length,
  ) => {
    const model = network();
    setWeights(model, golden.cases[1]!.initial);
    const learner = new Learner(model, IMAGE, trainingWith(golden.cases[1]!.training), {
      seed: 1,
      generation: 0,
    });
    if (state) learner.load(state);
    for (let step = from; step < to; step++) await learner.step(step, batchOf(step));
    const saved = await learner.save();
    learner.dispose();
    return saved;
  };
  const whole = await run(0);
  const cut = 3;
  assert.deepEqual(await run(cut, await run(0, undefined, cut)), whole);
});

const ladder = (change: object) =>
  residualNetwork(
    { kind: 'residual', width: 4, blocksPerStage: 2, stages: 3, stem: 'full' },
    {
      image: { height: 16, width: 16, channels: 1 },
      classes: 2,
      dropout: 0,
      stochasticDepth: 0,
      seed: 1,
      ...change,
    },
  );

const ratesOf = (layers: object, steps = 100) => {
  const model = ladder({});
  const rates = layerRatesOf(model, { layers: layersConfig.parse(layers), steps });
  model.dispose();
  return rates;
};

test('in a residual network each block and the stem have rates of their own; the last norm belongs to the last block', () => {
  const { groups } = ratesOf({ decay: 0.5 });
  const factors = [...new Set(groups.map(({ factor }) => factor))];
  // Stem, six blocks, head.
  assert.deepEqual(
    factors,
    [7, 6, 5, 4, 3, 2, 1, 0].map((below) => 0.5 ** below),
  );
});

test('without decay the layers below the head have one rate, a tenth by default', () => {
  assert.deepEqual([...new Set(ratesOf({}).groups.map(({ factor }) => factor))], [0.1, 1]);
  assert.deepEqual(
    [...new Set(ratesOf({ backbone: 0.3, head: 2 }).groups.map(({ factor }) => factor))],
    [0.3, 2],
  );
});

test('gradual unfreezing goes from the top stage by stage; at-once unfreezes all after the warm-up', () => {
  const stepsOf = (layers: object) => [...new Set(ratesOf(layers).groups.map(({ from }) => from))];
  assert.deepEqual(stepsOf({ warmup: 0.1, unfreezing: 'gradual' }), [30, 20, 10, 0]);
  assert.deepEqual(stepsOf({ warmup: 0.1 }), [10, 0]);
  assert.deepEqual(stepsOf({ backbone: 0 }), [Number.POSITIVE_INFINITY, 0]);
});

test('a warm-up after which the lowest stage would never train is refused', () => {
  assert.throws(
    () => ratesOf({ warmup: 0.4, unfreezing: 'gradual' }),
    (error: Error) =>
      error instanceof ConfigurationError && /layers.warmup: received 0.4.*3 stages/.test(error.message),
  );
});

test('batch norms are frozen with their layers, or always', () => {
  const whileFrozen = ratesOf({ warmup: 0.1 });
  assert.equal(whileFrozen.frozenNorms(whileFrozen.frozenAt(0)).size, 13);
  assert.equal(whileFrozen.frozenNorms(whileFrozen.frozenAt(50)).size, 0);
  const always = ratesOf({ frozenNorm: true });
  assert.equal(always.frozenNorms(always.frozenAt(50)).size, 13);
});

test('rates and decays out of range are refused with their field', () => {
  const problem = (layers: object) => {
    const parsed = layersConfig.safeParse(layers);
    return parsed.success ? undefined : parsed.error.issues[0]!.path.join('.');
  };
  assert.equal(problem({ decay: 1.5 }), 'decay');
  assert.equal(problem({ decay: -0.1 }), 'decay');
  assert.equal(problem({ decay: 0 }), 'decay');
  assert.equal(problem({ head: 0 }), 'head');
  assert.equal(problem({ unfreezing: 'gradual' }), 'warmup');
  assert.equal(problem({ decay: 1 }), undefined);
});
