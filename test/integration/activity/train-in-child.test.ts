import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import type { ActivityName, InputOf, ResultOf } from '../../../activities/activities.js';
import { judge } from '../../../activities/judge.js';
import { promote } from '../../../activities/promote.js';
import type { TrainInput } from '../../../activities/train-model.js';
import { identityOf } from '../../../activities/training-identity.js';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { networkForGeneration } from '../../../domain/config/trained-networks.js';
import { trainingForGeneration } from '../../../domain/config/training-for-generation.js';
import { ConfigurationError, StaleAttemptError, TrainerLostError } from '../../../domain/errors.js';
import {
  generationFolder,
  type SelfTrainingConfig,
  selfTrainingConfig,
} from '../../../domain/methods/self-training.js';
import type { PseudoLabelRecord } from '../../../domain/pseudo-labels.js';
import type { ActivityProgress, DatasetRecord, TrainedModel } from '../../../domain/records.js';
import { readSealed } from '../../../domain/sealed-record.js';
import type { TrainingPlan } from '../../../domain/training-plan.js';
import { tf } from '../../../engine/tensorflow.js';
import { openDataset } from '../../../learning/datasets/open.js';
import { Checkpoints } from '../../../storage/checkpoints.js';
import { readFloats } from '../../../storage/floats.js';
import { openStore } from '../../../storage/open-store.js';
import { champion } from '../../../storage/registry.js';
import { readEvaluation, readSeries } from '../../../storage/runs.js';
import { storeIdentity } from '../../../storage/store-identity.js';
import { runInChild } from '../../../worker/activity/run-in-child.js';
import { trainerEnvironment } from '../../../worker/activity/trainer-environment.js';
import { fewClothesConfig, unpackFewClothes } from '../../support/few-clothes.js';

/** Enough for a test to reach a training before its end, on a fast machine too. */
const STEPS = 60;
const THREADS = 2;

let folder: string;
let store: ArtifactStore;
let config: SelfTrainingConfig;
let dataset: DatasetRecord;
let undisturbed: TrainedModel;
/** Of the undisturbed training. */
const seen: Progress[] = [];
const peaks: number[] = [];

type Progress = Omit<ActivityProgress, 'attempt'>;

interface Watch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onFinished?: (usage: { peakMemoryBytes: number }) => void;
  /** Of the trainer. */
  readonly threads?: number;
}

function run<Name extends ActivityName>(
  name: Name,
  input: InputOf<Name>,
  { threads = THREADS, ...watch }: Watch = {},
): Promise<ResultOf<Name>> {
  return runInChild(name, input, {
    storeUrl: store.url,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    environment: trainerEnvironment(process.env, { threads }),
    graceMs: 20_000,
    ...watch,
  });
}

function training(runId: string, generation = 0, more: Partial<TrainingPlan> = {}): TrainInput {
  const plan = {
    name: generationFolder(generation),
    dataset,
    start: networkForGeneration(config, generation).spec,
    training: trainingForGeneration(config, generation),
    generation,
    ...more,
  };
  return { runId, seed: config.seed, plan };
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-step-'));
  store = openStore(join(folder, 'store'));
  await storeIdentity(store);
  const pictures = await unpackFewClothes(folder, { train: 40, test: 10 });
  config = selfTrainingConfig.parse(fewClothesConfig(pictures, { steps: STEPS, evaluations: 4 }));
  dataset = await run('prepareDataset', { runId: 'undisturbed', config });
  undisturbed = await run('trainModel', training('undisturbed'), {
    onProgress: (progress) => seen.push(progress),
    onFinished: ({ peakMemoryBytes }) => peaks.push(peakMemoryBytes),
  });
});
after(() => rm(folder, { recursive: true, force: true }));

test('progress begins at once, follows the steps, and names the last checkpoint', () => {
  assert.deepEqual(seen[0], { activity: 'train', done: 0, total: STEPS, rate: 0 });
  assert(seen.some(({ done, checkpointStep }) => done > 0 && done < STEPS && checkpointStep !== undefined));
  assert.equal(seen.at(-1)?.done, STEPS);
  assert(peaks[0]! > 100e6, `peak memory ${peaks[0]}`);
});

test('a training that is killed continues from its checkpoint and ends with the same weights', async () => {
  let from: number | undefined;
  let killing: Promise<void> | undefined;
  const killed = run('trainModel', training('killed'), {
    onProgress: ({ done, checkpointStep }) => {
      if (done > STEPS / 8 && checkpointStep) killing ??= killProcessOf('killed');
    },
  });
  await assert.rejects(
    killed,
    (error: Error) => error instanceof TrainerLostError && /SIGKILL/.test(error.message),
  );
  await killing;
  const resumed = await run('trainModel', training('killed'), {
    onProgress: ({ done }) => {
      if (done > 0) from ??= done;
    },
  });
  assert(from! > STEPS / 8 - 1, `continued from ${from}`);
  assertSameTraining(resumed);
  assert.deepEqual(await store.list('runs/killed/generation-0/checkpoint/states'), []);
});

test('a training that is stopped saves, and later continues from there', async () => {
  const stop = new AbortController();
  const reason = new Error('paused');
  const stopped = run('trainModel', training('stopped'), {
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done > STEPS / 8) stop.abort(reason);
    },
  });
  await assert.rejects(stopped, (error) => error === reason);
  assert((await store.list('runs/stopped/generation-0/checkpoint/states')).length > 0);
  assertSameTraining(await run('trainModel', training('stopped')));
});

test('a run keeps the number of threads with which it began, whatever a later trainer has', async () => {
  const stop = new AbortController();
  const stopped = run('trainModel', training('moved'), {
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done > STEPS / 8) stop.abort(new Error('paused'));
    },
  });
  await assert.rejects(stopped, /paused/);
  assertSameTraining(await run('trainModel', training('moved'), { threads: 1 }));
  assert.deepEqual(await readSealed(store, 'runs/moved/threads', z.unknown()), { threads: THREADS });
});

test('with other threads the weights are others, unless the configuration sets their number', async () => {
  const one = await run('trainModel', training('one'), { threads: 1 });
  assert.notEqual(one.weightsHash, undisturbed.weightsHash);
  assert.deepEqual([one.threads, undisturbed.threads], [1, THREADS]);
  const configured = { ...training('configured'), threads: THREADS };
  assertSameTraining(await run('trainModel', configured, { threads: 1 }));
  await assert.rejects(run('trainModel', { ...training('one'), threads: 3 } as TrainInput), {
    name: 'ConfigurationError',
    message: /differs in threads: undo/,
  });
});

test('an attempt that was superseded is refused, and its successor continues from its checkpoint', async () => {
  const input = training('contested');
  let taken: Promise<Checkpoints> | undefined;
  const stale = run('trainModel', input, {
    onProgress: ({ done }) => {
      if (done > 2)
        taken ??= Checkpoints.claim(
          store,
          'runs/contested/generation-0/checkpoint',
          identityOf({ ...input, threads: THREADS }),
        );
    },
  });
  await assert.rejects(stale, StaleAttemptError);
  assert.equal((await taken)?.claim, 2);
  assert.equal(await store.has('runs/contested/generation-0/trained'), false);
  assertSameTraining(await run('trainModel', input));
});

test('a training that has its result is not trained again; another one under its run id is refused', async () => {
  const started = performance.now();
  const seen: number[] = [];
  const again = await run('trainModel', training('undisturbed'), {
    onProgress: ({ done }) => seen.push(done),
  });
  assert.deepEqual(again, undisturbed);
  assert.deepEqual(new Set(seen), new Set([0]), `${performance.now() - started} ms`);
  const other = { ...training('undisturbed'), seed: 1 };
  await assert.rejects(run('trainModel', other), (error: Error) => {
    return error instanceof ConfigurationError && /undisturbed.*seed/s.test(error.message);
  });
});

test('an input of another form is refused before any work', async () => {
  const { plan, ...input } = training('wrong');
  const wrong = { ...input, plan: { ...plan, training: { ...plan.training, steps: -1 } } };
  await assert.rejects(run('trainModel', wrong), (error: Error) => {
    return error instanceof ConfigurationError && error.message.includes('plan.training.steps');
  });
});

test('the model opens in plain tfjs and predicts the same', async () => {
  const modelFile = new URL(`${store.url}/${undisturbed.modelKey}/model.json`);
  const model = await tf.loadLayersModel(modelFile.href);
  assert.equal(model.countParams(), undisturbed.parameters);
  assert.deepEqual(model.inputs[0]!.shape, [null, 28, 28, 1]);
  const { validation } = await openDataset(dataset, store);
  const imageBytes = 28 * 28;
  const pixels = new Uint8Array(validation.count * imageBytes);
  for (let position = 0; position < validation.count; position++)
    validation.copy(position, pixels, position * imageBytes);
  const said = model.predict(tf.tensor4d(new Float32Array(pixels), [validation.count, 28, 28, 1]));
  const received = await (said as ReturnType<typeof tf.softmax>).data();
  const expected = await readFloats(store, undisturbed.validationPredictionsKey, validation.count * 10);
  const difference = expected.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - received[index]!)),
    0,
  );
  assert(difference < 1e-5, `probabilities differ by ${difference}`);
  assert.equal((await readSeries(store, undisturbed.seriesKey)).length, 4);
});

test('pseudo-labels, selection, student, verdict and promotion follow from references', async () => {
  const runId = 'undisturbed';
  const generation = 1;
  const { unlabelled } = dataset.counts;
  const shards = await Promise.all(
    [0, 120].map((first) => {
      const images = Math.min(120, unlabelled - first);
      const input = { runId, config, dataset, generation, teacher: undisturbed, first, images };
      return run('pseudoLabelShard', input);
    }),
  );
  const pseudoLabels = await run('selectPseudoLabels', { runId, config, dataset, generation, shards });
  assert.equal(pseudoLabels.images, unlabelled);
  const student = await run('trainModel', studentTraining(pseudoLabels));

  const { modelKey } = student;
  const name = generationFolder(generation);
  const [validation, tested] = await Promise.all(
    (['validation', 'test'] as const).map(async (split) => {
      const { evaluation } = await run('measureModel', { runId, dataset, modelKey, name, split });
      return evaluation;
    }),
  );
  assert.equal(validation!.accuracy, student.validation.accuracy);
  assert.equal(tested!.images, 100);
  const { perClass, confusion, ...small } = await readEvaluation(store, runId, name, 'test');
  assert.deepEqual(small, tested);
  assert.deepEqual([perClass.length, confusion.flat().reduce((sum, count) => sum + count)], [10, 100]);

  const contest = { runId, config, dataset, champion: undisturbed, challenger: student };
  const verdict = await judge(contest, { store });
  assert.equal(verdict.challengerAccuracy, student.validation.accuracy);
  assert.equal(verdict.championAccuracy, undisturbed.validation.accuracy);

  const enter = (model: TrainedModel) =>
    promote({ runId, config, dataset, by: 'gate', reason: verdict.reason, model }, { store });
  await enter(undisturbed);
  const version = await enter(student);
  assert.deepEqual(await enter(student), version);
  assert.deepEqual(await champion(store, 'few-clothes'), version);
});

function studentTraining({ key, hash }: PseudoLabelRecord): TrainInput {
  const { parameters } = undisturbed;
  return training('undisturbed', 1, { pseudoLabels: { key, hash }, minimumParameters: parameters });
}

/** The process that holds the first claim. */
async function killProcessOf(runId: string): Promise<void> {
  const claim = await store.read(`runs/${runId}/generation-0/checkpoint/claims/00000001`);
  const { record } = JSON.parse(Buffer.from(claim).toString()) as { record: { pid: number } };
  process.kill(record.pid, 'SIGKILL');
}

function assertSameTraining(trained: TrainedModel): void {
  assert.equal(trained.weightsHash, undisturbed.weightsHash);
  assert.deepEqual(trained.validation, undisturbed.validation);
  assert.equal(trained.bestStep, undisturbed.bestStep);
}
