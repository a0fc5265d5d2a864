import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { TrainInput } from '../../../activities/contract.js';
import { orchestrationActivities } from '../../../activities/orchestration.js';
import type { StepInputOf, StepName, StepResultOf } from '../../../activities/run-step.js';
import type { ReportedProgress } from '../../../activities/step-context.js';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { ConfigurationError, StaleAttemptError, TrainerLostError } from '../../../domain/errors.js';
import { hashOfValue } from '../../../domain/hash.js';
import { type SelfTrainingConfig, selfTrainingConfig } from '../../../domain/methods/self-training.js';
import type { DatasetRecord, TrainedModel } from '../../../domain/records.js';
import { tf } from '../../../engine/tensorflow.js';
import { openDataset } from '../../../learning/datasets/open.js';
import { Checkpoints } from '../../../storage/checkpoints.js';
import { readFloats } from '../../../storage/floats.js';
import { openStore } from '../../../storage/open-store.js';
import { champion } from '../../../storage/registry.js';
import { readEvaluation, readLineage, readSeries } from '../../../storage/runs.js';
import { runInChild } from '../../../worker/step/run-in-child.js';
import { trainerEnvironment } from '../../../worker/step/trainer-environment.js';
import { fewClothesConfig, unpackFewClothes } from '../../support/few-clothes.js';

/** Enough that the middle is met on a fast machine too. */
const STEPS = 80;

let folder: string;
let store: ArtifactStore;
let config: SelfTrainingConfig;
let dataset: DatasetRecord;
let undisturbed: TrainedModel;

interface Watch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReportedProgress) => void;
  readonly onFinished?: (usage: { peakMemoryBytes: number }) => void;
}

function step<Name extends StepName>(
  name: Name,
  input: StepInputOf<Name>,
  watch: Watch = {},
): Promise<StepResultOf<Name>> {
  return runInChild(name, input, {
    storeUrl: store.url,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    environment: trainerEnvironment(process.env, { threads: 2 }),
    graceMs: 20_000,
    ...watch,
  });
}

const training = (runId: string): TrainInput => ({ runId, config, dataset, generation: 0 });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-step-'));
  store = openStore(join(folder, 'store'));
  const pictures = await unpackFewClothes(folder, { train: 40, test: 10 });
  config = selfTrainingConfig.parse(fewClothesConfig(pictures, { steps: STEPS, evaluations: 4 }));
  dataset = await step('prepareDataset', { runId: 'undisturbed', config });
  undisturbed = await step('trainModel', training('undisturbed'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('progress begins at once, follows the steps, and tells the last checkpoint', async () => {
  const seen: ReportedProgress[] = [];
  const peaks: number[] = [];
  await step('trainModel', training('watched'), {
    onProgress: (progress) => seen.push(progress),
    onFinished: ({ peakMemoryBytes }) => peaks.push(peakMemoryBytes),
  });
  assert.deepEqual(seen[0], { activity: 'train', generation: 0, done: 0, total: STEPS, rate: 0 });
  assert(seen.some(({ done, checkpointStep }) => done > 0 && done < STEPS && checkpointStep !== undefined));
  assert.equal(seen.at(-1)?.done, STEPS);
  assert(peaks[0]! > 100e6, `peak memory ${peaks[0]}`);
});

test('killed in the middle, a training goes on and ends with the same weights', async () => {
  let from: number | undefined;
  let killing: Promise<void> | undefined;
  const killed = step('trainModel', training('killed'), {
    onProgress: ({ done, checkpointStep }) => {
      if (done > STEPS / 8 && checkpointStep) killing ??= killStepOf('killed');
    },
  });
  await assert.rejects(
    killed,
    (error: Error) => error instanceof TrainerLostError && /SIGKILL/.test(error.message),
  );
  await killing;
  const resumed = await step('trainModel', training('killed'), {
    onProgress: ({ done }) => {
      if (done > 0) from ??= done;
    },
  });
  assert(from! > STEPS / 8 - 1, `went on from ${from}`);
  assertSameTraining(resumed);
  assert.deepEqual(await store.list('runs/killed/generation-0/checkpoint/states'), []);
});

test('stopped in the middle, a training saves and later goes on from there', async () => {
  const stop = new AbortController();
  const reason = new Error('paused');
  const stopped = step('trainModel', training('stopped'), {
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done > STEPS / 8) stop.abort(reason);
    },
  });
  await assert.rejects(stopped, (error) => error === reason);
  assert((await store.list('runs/stopped/generation-0/checkpoint/states')).length > 0);
  assertSameTraining(await step('trainModel', training('stopped')));
});

test('an attempt whose place was taken is refused, and its successor goes on from its checkpoint', async () => {
  const input = training('contested');
  let taken: Promise<Checkpoints> | undefined;
  const stale = step('trainModel', input, {
    onProgress: ({ done }) => {
      if (done > 2)
        taken ??= Checkpoints.claim(store, 'runs/contested/generation-0/checkpoint', hashOfValue(input));
    },
  });
  await assert.rejects(stale, StaleAttemptError);
  assert.equal((await taken)?.claim, 2);
  assert.equal(await store.has('runs/contested/generation-0/trained'), false);
  assertSameTraining(await step('trainModel', input));
});

test('a training that has its result is not trained again; another one under its run id is refused', async () => {
  const started = performance.now();
  const seen: number[] = [];
  const again = await step('trainModel', training('undisturbed'), {
    onProgress: ({ done }) => seen.push(done),
  });
  assert.deepEqual(again, undisturbed);
  assert.deepEqual(new Set(seen), new Set([0]), `${performance.now() - started} ms`);
  const other = { ...training('undisturbed'), config: { ...config, seed: 1 } };
  await assert.rejects(step('trainModel', other), (error: Error) => {
    return error instanceof ConfigurationError && error.message.includes('undisturbed');
  });
});

test('a configuration that is none is refused before any work', async () => {
  const wrong = {
    ...training('wrong'),
    config: { ...config, teacher: { steps: -1 } },
  } as unknown as TrainInput;
  await assert.rejects(step('trainModel', wrong), (error: Error) => {
    return error instanceof ConfigurationError && error.message.includes('config.teacher.steps');
  });
});

test('the model opens in plain tfjs and says the same', async () => {
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

test('labels, selection, student, verdict, promotion and report follow from references', async () => {
  const orchestration = orchestrationActivities(store);
  const run = { runId: 'undisturbed', config };
  const generation = 1;
  const { unlabelled } = dataset.counts;
  const shards = await Promise.all(
    [0, 120].map((first) => {
      const images = Math.min(120, unlabelled - first);
      return step('pseudoLabelShard', { ...run, dataset, generation, teacher: undisturbed, first, images });
    }),
  );
  const pseudoLabels = await orchestration.selectPseudoLabels({ ...run, dataset, generation, shards });
  assert.equal(pseudoLabels.images, unlabelled);
  const student = await step('trainModel', {
    ...run,
    dataset,
    generation,
    pseudoLabels,
    teacher: undisturbed,
  });
  const validation = await step('evaluateModel', {
    ...run,
    dataset,
    generation,
    modelKey: student.modelKey,
    split: 'validation',
  });
  assert.equal(validation.accuracy, student.validation.accuracy);
  const tested = await step('evaluateModel', {
    ...run,
    dataset,
    generation,
    modelKey: student.modelKey,
    split: 'test',
  });
  assert.equal(tested.images, 100);
  const { perClass, confusion, ...small } = await readEvaluation(store, run.runId, generation, 'test');
  assert.deepEqual(small, tested);
  assert.deepEqual([perClass.length, confusion.flat().reduce((sum, count) => sum + count)], [10, 100]);
  const verdict = await orchestration.judge({ ...run, dataset, champion: undisturbed, challenger: student });
  assert.equal(verdict.challengerAccuracy, student.validation.accuracy);
  assert.equal(verdict.championAccuracy, undisturbed.validation.accuracy);

  const promotion = { ...run, dataset, by: 'gate', reason: verdict.reason };
  await orchestration.promote({ ...promotion, model: undisturbed });
  const version = await orchestration.promote({ ...promotion, model: student });
  assert.deepEqual(await orchestration.promote({ ...promotion, model: student }), version);
  assert.deepEqual(await champion(store, 'few-clothes'), version);

  const report = await orchestration.writeReport({
    ...run,
    report: {
      runId: run.runId,
      name: config.name,
      dataset,
      generations: [
        { generation: 0, role: 'teacher', model: undisturbed, promoted: true, version: 1 },
        {
          generation: 1,
          role: 'student',
          model: student,
          pseudoLabels,
          verdict,
          promoted: true,
          version: 2,
          test: tested,
        },
      ],
      champion: { generation: 1, modelKey: student.modelKey, version: 2 },
      startedAt: '2026-01-01T00:00:00Z',
      endedAt: '2026-01-01T00:01:00Z',
      trainingSeconds: 1,
    },
  });
  assert(await store.has(report.reportKey));
  const { models } = await readLineage(store, run.runId);
  assert.equal(models[1]?.labelledBy?.weightsHash, undisturbed.weightsHash);
});

/** The process that holds the first claim. */
async function killStepOf(runId: string): Promise<void> {
  const claim = await store.read(`runs/${runId}/generation-0/checkpoint/claims/00000001`);
  const { pid } = JSON.parse(Buffer.from(claim).toString()) as { pid: number };
  process.kill(pid, 'SIGKILL');
}

function assertSameTraining(trained: TrainedModel): void {
  assert.equal(trained.weightsHash, undisturbed.weightsHash);
  assert.deepEqual(trained.validation, undisturbed.validation);
  assert.equal(trained.bestStep, undisturbed.bestStep);
}
