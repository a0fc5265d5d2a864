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

test('a training that stops on its way continues to its end, to the same weights', async () => {
  const input = inputOf('stops');
  const half = await trainModel({ ...input, plan: { ...input.plan, stopAt: 3 } }, activityContext(store));
  assert.equal(half.steps, 3);
  const { trained, from } = await resume(input);
  assert.equal(from, 3);
  assertUndisturbed(trained);
});
