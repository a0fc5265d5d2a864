import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ActivityContext } from '../../../activities/context.js';
import { type TrainInput, trainModel } from '../../../activities/train-model.js';
import { trainingForGeneration } from '../../../domain/config/training-for-generation.js';
import { selfTrainingConfig } from '../../../domain/methods/self-training.js';
import type { TrainedModel } from '../../../domain/records.js';
import { allowModulesIn } from '../../../learning/models/allowed-modules.js';
import { modelKeys } from '../../../storage/keys.js';
import { readEvaluation } from '../../../storage/runs.js';
import { activityContext } from '../../support/activity-context.js';
import { twoClasses } from '../../support/two-classes.js';

const EXAMPLE = fileURLToPath(new URL('../../../../examples/own-network.mjs', import.meta.url));
const STEPS = 6;
const NAME = 'student';

const { folder, store, config, dataset } = await twoClasses();
let path: string;
let original: string;
let undisturbed: TrainedModel;

before(async () => {
  allowModulesIn([folder]);
  path = join(folder, 'own-network.mjs');
  original = await readFile(EXAMPLE, 'utf8');
  await writeFile(path, original);
  undisturbed = await trainModel(inputOf('undisturbed'), activityContext(store));
});

function inputOf(runId: string, change: object = {}): TrainInput {
  const { teacher } = selfTrainingConfig.parse({
    ...config,
    teacher: { steps: STEPS, batchSize: 2, evaluations: 2, checkpointSeconds: 0, ...change },
  });
  const training = trainingForGeneration({ ...config, teacher }, 0);
  const start = { kind: 'module', path, options: { filters: 2 } } as const;
  return { runId, seed: 0, plan: { name: NAME, dataset, start, training } };
}

/** Trains until a checkpoint of step 2 or later; then the training is asked to stop. */
async function interrupt(runId: string): Promise<void> {
  const stop = new AbortController();
  const reason = new Error('paused');
  const context: ActivityContext = {
    ...activityContext(store),
    signal: stop.signal,
    report({ checkpointStep = 0 }) {
      if (checkpointStep >= 2) stop.abort(reason);
    },
  };
  await assert.rejects(trainModel(inputOf(runId), context), (error) => error === reason);
  assert.equal(await store.has(modelKeys(runId, NAME).trained), false);
}

/** Another attempt, which claims the training and is stopped at its first progress. */
async function interruptAtOnce(runId: string): Promise<void> {
  const stop = new AbortController();
  const context: ActivityContext = {
    ...activityContext(store),
    signal: stop.signal,
    report({ checkpointStep }) {
      if (checkpointStep) stop.abort(new Error('paused'));
    },
  };
  await assert.rejects(trainModel(inputOf(runId), context), /paused/);
}

/** Continues a training; returns its result and the step that it continued from. */
async function resume(input: TrainInput): Promise<{ trained: TrainedModel; from: number | undefined }> {
  let from: number | undefined;
  const report: ActivityContext['report'] = ({ done }) => {
    if (done) from ??= done;
  };
  return { trained: await trainModel(input, { ...activityContext(store), report }), from };
}

function assertUndisturbed(trained: TrainedModel): void {
  assert.equal(trained.weightsHash, undisturbed.weightsHash);
  assert.deepEqual(trained.validation, undisturbed.validation);
  assert.equal(trained.bestStep, undisturbed.bestStep);
}

test('a training whose network’s file was edited continues only once it is restored, to the same weights', async () => {
  await interrupt('edited');
  await writeFile(path, original.replace('kernelSize: 3', 'kernelSize: 1'));
  await assert.rejects(trainModel(inputOf('edited'), activityContext(store)), {
    name: 'ConfigurationError',
    message: /own-network\.mjs was edited after run edited started .*: restore it to continue this run/,
  });
  await writeFile(path, original);
  const { trained, from } = await resume(inputOf('edited'));
  assert.ok(from! >= 2 && from! < STEPS, `continued from ${from}`);
  assertUndisturbed(trained);
});

test('a training continues from its checkpoint with another time between checkpoints', async () => {
  await interrupt('times');
  const { trained, from } = await resume(inputOf('times', { checkpointSeconds: 60 }));
  assert.ok(from! >= 2, `continued from ${from}`);
  assertUndisturbed(trained);
});

test('checkpoints and results of other settings are refused', async () => {
  await interrupt('settings');
  const refused = (runId: string) => ({
    name: 'ConfigurationError',
    message: new RegExp(`^run id: "runs/${runId}/${NAME}" has a training that differs in settings: `),
  });
  const other = { optimizer: { learningRate: 0.01 } };
  await assert.rejects(trainModel(inputOf('settings', other), activityContext(store)), refused('settings'));
  await assert.rejects(
    trainModel(inputOf('undisturbed', other), activityContext(store)),
    refused('undisturbed'),
  );
});

test('a training that has its result already returns it without any step', async () => {
  const { trained, from } = await resume(inputOf('undisturbed'));
  assert.deepEqual(trained, undisturbed);
  assert.equal(from, undefined);
});

test('a result that is damaged is trained again, to the same weights', async () => {
  const damage: Record<string, (trained: TrainedModel, runId: string) => string> = {
    record: (_, runId) => modelKeys(runId, NAME).trained,
    weights: ({ modelKey }) => `${modelKey}/weights.bin`,
    predictions: ({ validationPredictionsKey }) => validationPredictionsKey,
  };
  for (const [what, keyOf] of Object.entries(damage)) {
    const runId = `damaged-${what}`;
    const first = await trainModel(inputOf(runId), activityContext(store));
    const key = keyOf(first, runId);
    await store.write(key, (await store.read(key)).slice(1));
    const { trained, from } = await resume(inputOf(runId));
    assert.ok(from !== undefined, `${what}: trained again`);
    assertUndisturbed(trained);
    assert.deepEqual((await resume(inputOf(runId))).trained, trained, `${what}: whole again`);
  }
});

test('an evaluation that is damaged or gone is computed again, without any step', async () => {
  const evaluation = () => readEvaluation(store, 'undisturbed', NAME, 'validation');
  const expected = await evaluation();
  const key = modelKeys('undisturbed', NAME).evaluation('validation');
  for (const damage of [() => store.write(key, Buffer.from('{')), () => store.remove(key)]) {
    await damage();
    const { trained, from } = await resume(inputOf('undisturbed'));
    assert.deepEqual([trained, from], [undisturbed, undefined]);
    assert.deepEqual(await evaluation(), expected);
  }
});

test('damaged claims do not end a training: it continues, or begins anew, to the same weights', async () => {
  for (const claims of [['00000001'], []]) {
    const runId = `claims-${claims.length}`;
    await interrupt(runId);
    await interruptAtOnce(runId);
    const folder = `${modelKeys(runId, NAME).checkpoints}/claims`;
    for (const claim of [...claims, '00000002']) await store.write(`${folder}/${claim}`, Buffer.from('{"cl'));
    const { trained, from } = await resume(inputOf(runId));
    assert.equal(from! >= 2, claims.length === 0, `continued from ${from}`);
    assertUndisturbed(trained);
  }
});

test('a training that stops on its way continues to its end, to the same weights', async () => {
  const input = inputOf('stops');
  const half = await trainModel({ ...input, plan: { ...input.plan, stopAt: 3 } }, activityContext(store));
  assert.equal(half.steps, 3);
  const { trained, from } = await resume(input);
  assert.equal(from, 3);
  assertUndisturbed(trained);
});
