import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ActivitiesOn } from '../../../../activities/activities.js';
import type { ArtifactStore } from '../../../../domain/artifact-store.js';
import { ConfigurationError } from '../../../../domain/errors.js';
import { searchConfig, type TrialResult } from '../../../../domain/methods/search.js';
import type { ConfigInputOf } from '../../../../domain/methods.js';
import type { DatasetRecord, TrainedModel } from '../../../../domain/records.js';
import { openStore } from '../../../../storage/open-store.js';
import { writeTrained } from '../../../../storage/runs.js';
import { readRung } from '../../../../storage/search.js';
import { orchestratorActivities } from '../../../support/activity-context.js';

let folder: string;
let store: ArtifactStore;
let activities: ActivitiesOn<'orchestrator'>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-search-'));
  store = openStore(folder);
  activities = orchestratorActivities(store);
});
after(() => rm(folder, { recursive: true, force: true }));

const dataset: DatasetRecord = {
  splitKey: 'runs/search/split',
  contentHash: '0123456789abcdef',
  classes: ['dark', 'bright'],
  image: { height: 8, width: 8, channels: 1 },
  fit: 'cover',
  counts: { labelled: 4, validation: 4, unlabelled: 0, test: 0 },
  leftOut: [],
  leftOutKey: 'runs/search/left-out',
};
const configOf = (change: Partial<ConfigInputOf<'search'>> = {}) =>
  searchConfig.parse({
    name: 'search',
    data: { labelled: { format: 'class-folders', path: 'x' } },
    training: { steps: 40 },
    halving: { eta: 2, rungs: 2 },
    space: { kind: 'grid', numOps: [1], magnitude: [5, 10, 15, 20] },
    ...change,
  });
const resultOf = (trial: number, accuracy: number): TrialResult => ({
  trial,
  validation: { accuracy, loss: 1 },
});

/** Stores the result of a trial's whole training. */
async function train(runId: string, trial: number): Promise<void> {
  const folder = `runs/${runId}/trial-${trial}`;
  const model = { modelKey: `${folder}/its-model`, validationPredictionsKey: 'p', weightsHash: 'h' };
  await writeTrained(store, `${folder}/trained`, model as TrainedModel, {});
}

test('a search is planned, its trials trained with their policies, and its rungs closed', async () => {
  const input = { runId: 'search', config: configOf() };
  const { rungs, texts } = await activities.planSearch({ ...input, dataset });
  assert.deepEqual(rungs, [
    { steps: 20, trials: 4 },
    { steps: 40, trials: 2 },
  ]);
  assert.deepEqual(texts, [
    'as training has it',
    ...[5, 10, 15, 20].map((magnitude) => `rand-augment 1 x ${magnitude}`),
  ]);
  const { augmentation, steps } = await activities.trainingOfTrial({ ...input, trial: 3 });
  assert.equal(steps, 40);
  assert.ok('magnitude' in augmentation.policy && augmentation.policy.magnitude === 15);

  for (const trial of [0, 1, 2]) {
    for (const key of [
      'model-0123456789abcdef/model.json',
      'checkpoint/states/1/step-20.json',
      'trained-at-20',
    ]) {
      await store.write(`runs/search/trial-${trial}/${key}`, new Uint8Array(1));
    }
  }
  const results = [resultOf(4, 0.9), resultOf(1, 0.2), resultOf(0, 0.1), resultOf(2, 0.3), resultOf(3, 0.8)];
  const closed = await activities.closeRung({ ...input, rung: 0, results });
  assert.deepEqual(closed, { survivors: [0, 3, 4], finalists: [] });
  const record = await readRung(store, 'search', 0);
  assert.deepEqual(
    record.results.map(({ trial }) => trial),
    [0, 1, 2, 3, 4],
  );
  // Stopped trials keep their results; the base keeps everything.
  assert.deepEqual(await store.list('runs/search/trial-1/'), [
    'runs/search/trial-1/dropped',
    'runs/search/trial-1/trained-at-20',
  ]);
  assert.equal((await store.list('runs/search/trial-0/')).length, 3);

  for (const trial of [0, 3]) await train('search', trial);
  const last = await activities.closeRung({
    ...input,
    rung: 1,
    results: [resultOf(0, 0.5), resultOf(3, 0.7), { trial: 4, end: 'failed', reason: 'NaN' }],
  });
  assert.deepEqual(last.survivors, [3]);
  assert.deepEqual(
    last.finalists.map(({ trial, modelKey }) => [trial, modelKey]),
    [
      [3, 'runs/search/trial-3/its-model'],
      [0, 'runs/search/trial-0/its-model'],
    ],
  );
});

test('a base that is best is the only finalist', async () => {
  const input = { runId: 'base', config: configOf({ halving: { rungs: 1 } }) };
  await activities.planSearch({ ...input, dataset });
  await train('base', 0);
  const { finalists } = await activities.closeRung({
    ...input,
    rung: 0,
    results: [resultOf(0, 0.5), resultOf(1, 0.4)],
  });
  assert.deepEqual(
    finalists.map(({ trial }) => trial),
    [0],
  );
});

test('a policy that does not suit the pictures is refused before any training, with its trial', async () => {
  const training = { steps: 40, augmentation: { fill: [1, 2, 3] } };
  await assert.rejects(
    activities.planSearch({ runId: 'gray', config: configOf({ training }), dataset }),
    (error: Error) => error instanceof ConfigurationError && /^trial 0 /.test(error.message),
  );
});
