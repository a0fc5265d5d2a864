import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentTraining } from '../../../../../domain/config/training.js';
import type { ObjectiveSpec } from '../../../../../domain/objective-spec.js';
import { keyedRandom } from '../../../../../domain/random.js';
import type { StoredModel } from '../../../../../domain/stored-model.js';
import { recordResponses } from '../../../../../learning/distillation/record-responses.js';
import { openTeachers } from '../../../../../learning/distillation/teachers.js';
import { residualNetwork } from '../../../../../learning/models/residual.js';
import { storeModel } from '../../../../../learning/models/serialisation.js';
import type { Batch } from '../../../../../learning/training/batches/batch.js';
import { Learner } from '../../../../../learning/training/learner.js';
import { objectiveOf } from '../../../../../learning/training/objectives/objective-of.js';

const IMAGE = { height: 8, width: 8, channels: 1 } as const;
const CLASSES = 3;
const ROWS = 6;
const LABELLED = 4;

const random = keyedRandom(5, 'batch');
const PIXELS = Uint8Array.from({ length: ROWS * 64 }, () => random.integer(256));
const TARGETS = Float32Array.from({ length: ROWS * CLASSES }, (_, index) =>
  index < LABELLED * CLASSES && index % CLASSES === Math.floor(index / CLASSES) % CLASSES ? 1 : 0,
);
const BATCH: Batch = {
  groups: { labelled: LABELLED, unlabelled: ROWS - LABELLED },
  pixels: PIXELS,
  targets: TARGETS,
};
const IMAGES = {
  shape: IMAGE,
  count: ROWS,
  copy: (position: number, target: Uint8Array, offset: number) =>
    target.set(PIXELS.subarray(position * 64, (position + 1) * 64), offset),
  label: () => -1,
};

const SPEC: ObjectiveSpec = { kind: 'distill', alpha: 0.3, temperature: 3, targets: 'soft', views: 'same' };

function networkForGeneration(seed: number, width: number) {
  const spec = { kind: 'residual', width, blocksPerStage: 1, stages: 1, stem: 'auto' } as const;
  return residualNetwork(spec, { image: IMAGE, classes: CLASSES, dropout: 0, stochasticDepth: 0, seed });
}

async function teacherOf(seed: number): Promise<StoredModel> {
  const network = networkForGeneration(seed, 6);
  const stored = await storeModel(network);
  network.dispose();
  return stored;
}

/** Returns the losses of some steps and the weights after them. */
async function trained(
  spec: ObjectiveSpec,
  models: readonly StoredModel[],
  {
    batch = BATCH,
    outputs,
    ...change
  }: { batch?: Batch; outputs?: number[][]; eager?: boolean; replicas?: number } = {},
) {
  const training = studentTraining.parse({ batchSize: LABELLED, unlabelledRatio: 0.5, ...change });
  const features = spec.kind === 'distill' && spec.features !== undefined;
  const teachers = models.length > 0 ? await openTeachers(models, { features, outputs }) : undefined;
  const objective = objectiveOf(training, spec, teachers);
  const learner = new Learner(
    networkForGeneration(1, 4),
    IMAGE,
    training,
    { seed: 1, generation: 1 },
    { objective },
  );
  try {
    const losses: number[] = [];
    for (let step = 0; step < 4; step++) losses.push(await learner.step(step, batch));
    const weights = (await learner.save()).find(({ name }) => name === 'weights')!;
    return { losses, weights: [...new Float32Array(weights.bytes.slice().buffer)] };
  } finally {
    learner.dispose();
    teachers?.dispose();
  }
}

function assertNear(received: readonly number[], expected: readonly number[], within: number): void {
  assert.equal(received.length, expected.length);
  received.forEach((value, index) => {
    assert(Math.abs(value - expected[index]!) < within, `${index}: ${value}, expected ${expected[index]}`);
  });
}

for (const targets of ['soft', 'hard'] as const) {
  test(`${targets} predictions of teachers in the step equal those recorded for the same images`, async () => {
    const models = [await teacherOf(2), await teacherOf(3)];
    const same = await trained({ ...SPEC, targets }, models);
    const { responses } = await recordResponses({
      ...{ images: IMAGES, first: 0, count: ROWS },
      ...{ models, temperature: SPEC.temperature, targets },
    });
    const recorded = await trained({ ...SPEC, targets, views: 'recorded' }, [], {
      batch: { ...BATCH, more: { responses } },
    });
    assertNear(same.losses, recorded.losses, 1e-4);
    assertNear(same.weights, recorded.weights, 1e-3);
  });
}

test('teachers with another order of classes give the same predictions in the step as recorded', async () => {
  const models = [await teacherOf(2), await teacherOf(3)];
  const outputs = [
    [0, 1, 2],
    [1, 2, 0],
  ];
  const [compiled, eager] = [
    await trained(SPEC, models, { outputs }),
    await trained(SPEC, models, { outputs, eager: true }),
  ];
  assertNear(compiled.losses, eager.losses, 1e-4);
  const { responses } = await recordResponses({
    ...{ images: IMAGES, first: 0, count: ROWS },
    ...{ models, outputs, temperature: 3 },
  });
  const recorded = await trained({ ...SPEC, views: 'recorded' }, [], {
    batch: { ...BATCH, more: { responses } },
  });
  assertNear(compiled.losses, recorded.losses, 1e-4);
  assertNear(compiled.weights, recorded.weights, 1e-3);
  const unordered = await trained(SPEC, models);
  assert.ok(Math.abs(unordered.losses[0]! - compiled.losses[0]!) > 1e-3);
});

test('a compiled step with a teacher and its features agrees with the eager one up to rounding', async () => {
  const models = [await teacherOf(2)];
  const spec: ObjectiveSpec = { ...SPEC, features: { weight: 10 } };
  const compiled = await trained(spec, models);
  const eager = await trained(spec, models, { eager: true });
  assertNear(compiled.losses, eager.losses, 1e-4);
  assertNear(compiled.weights, eager.weights, 1e-3);
  const without = await trained(SPEC, models);
  assert.notEqual(without.losses[0], compiled.losses[0]);
});

test('teachers predict the rows of every replica', async () => {
  const models = [await teacherOf(2)];
  const losses = async (replicas: number) => (await trained(SPEC, models, { replicas })).losses;
  // Batch norm uses each replica's statistics: the first loss differs slightly.
  const [whole, parts] = [await losses(1), await losses(2)];
  assert(Math.abs(whole[0]! - parts[0]!) < 0.3 * whole[0]!, `${whole[0]} and ${parts[0]}`);
});

test('a widened network learns to keep the old model’s predictions', async () => {
  const old = networkForGeneration(2, 6);
  const model = await storeModel(old);
  old.dispose();
  const spec: ObjectiveSpec = {
    ...{ kind: 'retain', oldClasses: CLASSES, temperature: 2, weight: 1, heads: 'separate', views: 'same' },
  };
  const training = studentTraining.parse({ batchSize: 4 });
  const wide = residualNetwork(
    { kind: 'residual', width: 4, blocksPerStage: 1, stages: 1, stem: 'auto' },
    { image: IMAGE, classes: CLASSES + 2, dropout: 0, stochasticDepth: 0, seed: 1 },
  );
  const teachers = await openTeachers([model]);
  const objective = objectiveOf(training, spec, teachers);
  const learner = new Learner(wide, IMAGE, training, { seed: 1, generation: 1 }, { objective });
  const targets = new Float32Array(ROWS * (CLASSES + 2));
  for (let row = 0; row < ROWS; row++) targets[row * (CLASSES + 2) + CLASSES + (row % 2)] = 1;
  const batch = { groups: { labelled: ROWS, unlabelled: 0 }, pixels: PIXELS, targets };
  const losses: number[] = [];
  for (let step = 0; step < 12; step++) losses.push(await learner.step(step, batch));
  learner.dispose();
  teachers.dispose();
  assert(losses.every(Number.isFinite));
  assert(losses.at(-1)! < losses[0]!, `${losses}`);
});
