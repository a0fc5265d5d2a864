import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { asTrainingSpec, teacherTraining } from '../../../domain/config/training.js';
import { ModelError, TrainingDivergedError } from '../../../domain/errors.js';
import type { TrainingState } from '../../../domain/training-state.js';
import { allowModulesIn } from '../../../learning/models/allowed-modules.js';
import { type TrainingHooks, type TrainingJob, train } from '../../../learning/training/train.js';
import { imagesOf } from '../../support/images.js';

const bright = (count: number) => Array.from({ length: count }, (_, index) => (index % 2 ? 220 : 30));
const classOf = (count: number) => Array.from({ length: count }, (_, index) => index % 2);
const set = (count: number) => imagesOf(bright(count), classOf(count));

function job(change: object = {}): TrainingJob {
  const training = teacherTraining.parse({
    steps: 8,
    batchSize: 8,
    evaluations: 4,
    checkpointSeconds: 0,
    dropout: 0.2,
    ...change,
  });
  return {
    images: { labelled: set(16), validation: set(10), unlabelled: set(0) },
    classes: 2,
    model: { kind: 'residual', width: 4, blocksPerStage: 1, stages: 1, stem: 'auto' },
    training: asTrainingSpec(training),
    seed: 1,
    generation: 0,
  };
}

function hooks(change: Partial<TrainingHooks> = {}): TrainingHooks {
  return {
    onProgress() {},
    loadState: async () => undefined,
    saveState: async () => {},
    signal: new AbortController().signal,
    ...change,
  };
}

test('a network learns bright from dark, and reports progress at every step and during evaluations', async () => {
  const done: number[] = [];
  const outcome = await train(
    job({ steps: 60 }),
    hooks({ onProgress: (progress) => done.push(progress.done) }),
  );
  assert.equal(outcome.validation.accuracy, 1);
  const steps = [...new Set(done)];
  assert.deepEqual(
    steps,
    Array.from({ length: 60 }, (_, index) => index + 1),
  );
  assert.ok(done.length > steps.length);
  assert.equal(outcome.validationPredictions.length, 10 * 2);
  assert.deepEqual(
    outcome.series.map((point) => point.step),
    [15, 30, 45, 60],
  );
  assert.match(outcome.weightsHash, /^[0-9a-f]{64}$/);
});

test('a network that was edited since the checkpoint is a ModelError that names the variable', async () => {
  let saved: TrainingState | undefined;
  await train(
    { ...job(), stopAt: 3 },
    hooks({
      saveState: async (state) => {
        saved = state;
      },
    }),
  );
  const model = { kind: 'residual', width: 8, blocksPerStage: 1, stages: 1, stem: 'auto' } as const;
  await assert.rejects(
    train({ ...job(), model }, hooks({ loadState: async () => saved })),
    (error) =>
      error instanceof ModelError &&
      /variable 1 \(stem\/kernel\w*\): received shape \[3, 3, 1, 4\], expected shape \[3, 3, 1, 8\]: .*restore the module/.test(
        error.message,
      ),
  );
});

test('an aborted training saves and rejects; resumed, it ends with the same bits', async () => {
  const whole = await train(job(), hooks());
  let saved: TrainingState | undefined;
  const controller = new AbortController();
  const interrupted = hooks({
    signal: controller.signal,
    onProgress: ({ done }) => done === 5 && controller.abort(new Error('node is taken away')),
    saveState: async (state) => {
      saved = state;
    },
  });
  await assert.rejects(train(job({ checkpointSeconds: 3600 }), interrupted), /node is taken away/);
  assert.equal(saved?.step, 5);
  const resumed = await train(job(), hooks({ loadState: async () => structuredClone(saved) }));
  assert.equal(resumed.weightsHash, whole.weightsHash);
  assert.deepEqual(
    resumed.series.map(({ loss, validationAccuracy }) => ({ loss, validationAccuracy })),
    whole.series.map(({ loss, validationAccuracy }) => ({ loss, validationAccuracy })),
  );
  assert.equal(resumed.bestStep, whole.bestStep);
});

test('a network from a module ends with the same weights again, although tfjs gives its layers other names', async () => {
  const path = fileURLToPath(new URL('../../../../examples/own-network.mjs', import.meta.url));
  allowModulesIn([dirname(path)]);
  const own = { ...job(), model: { kind: 'module', path, options: {} } } as const;
  assert.equal((await train(own, hooks())).weightsHash, (await train(own, hooks())).weightsHash);
});

test('a student smaller than its teacher is a ModelError before any step', async () => {
  const steps: number[] = [];
  await assert.rejects(
    train({ ...job(), minimumParameters: 1e6 }, hooks({ onProgress: ({ done }) => steps.push(done) })),
    (error: Error) =>
      error instanceof ModelError && /expected at least its teacher's 1000000/.test(error.message),
  );
  assert.deepEqual(steps, []);
});

test('a loss that is not finite ends the training with the remedy', async () => {
  const wild = {
    optimizer: { learningRate: 1e30 },
    weightDecay: 1e10,
    schedule: { kind: 'constant', warmup: 0 },
  };
  await assert.rejects(train(job(wild), hooks()), (error: Error) => {
    return error instanceof TrainingDivergedError && /lower optimizer.learningRate/.test(error.message);
  });
});

test('stopAt returns the evaluation of that step; resumed, the training ends with the same bits', async () => {
  const whole = await train(job(), hooks());
  let saved: TrainingState | undefined;
  const totals = new Set<number>();
  const going = hooks({
    loadState: async () => structuredClone(saved),
    saveState: async (state) => {
      saved = state;
    },
    onProgress: ({ total }) => totals.add(total),
  });
  const seldom = job({ checkpointSeconds: 3600 });
  // Step 4 is evaluated anyway, the others are not.
  for (const stopAt of [3, 4, 7]) {
    const stopped = await train({ ...seldom, stopAt }, going);
    assert.equal(stopped.steps, stopAt);
    assert.equal(stopped.series.at(-1)?.step, stopAt);
    const accuracies = stopped.series.map(({ validationAccuracy }) => validationAccuracy);
    assert.equal(stopped.validation.accuracy, Math.max(...accuracies));
    assert.equal(saved?.step, stopAt);
  }
  assert.deepEqual([...totals], [3, 4, 7]);
  const ended = await train(seldom, going);
  assert.equal(ended.weightsHash, whole.weightsHash);
  assert.equal(ended.bestStep, whole.bestStep);
  assert.deepEqual(
    ended.series.map(({ step, validationAccuracy }) => ({ step, validationAccuracy })),
    whole.series.map(({ step, validationAccuracy }) => ({ step, validationAccuracy })),
  );
});

test('stopAt below 1 is refused; beyond the last step it has no effect', async () => {
  await assert.rejects(train({ ...job(), stopAt: 0 }, hooks()), /stopAt: received 0/);
  const whole = await train(job(), hooks());
  const beyond = await train({ ...job(), stopAt: 100 }, hooks());
  assert.equal(beyond.weightsHash, whole.weightsHash);
});
