import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import {
  ACTIVITIES,
  type ActivityName,
  activityNamesOn,
  type InputOf,
} from '../../../activities/activities.js';
import { runActivity } from '../../../activities/run-activity.js';
import { trainingForGeneration } from '../../../domain/config/training-for-generation.js';
import { searchConfig } from '../../../domain/methods/search.js';
import { selfTrainingConfig } from '../../../domain/methods/self-training.js';
import type { ActivityProgress } from '../../../domain/records.js';
import { openStore } from '../../../storage/open-store.js';
import { activityContext } from '../../support/activity-context.js';

const NAMES = Object.keys(ACTIVITIES) as ActivityName[];
const DATA = { labelled: { format: 'class-folders', path: 'x' } } as const;
const CONFIG = selfTrainingConfig.parse({ name: 'clothes', data: DATA });
const DATASET = {
  splitKey: 'runs/a/split',
  contentHash: 'abc',
  classes: ['bag', 'shirt'],
  image: { height: 28, width: 28, channels: 1 as const },
  fit: 'cover' as const,
  counts: { labelled: 2, validation: 2, unlabelled: 3, test: 0 },
  leftOut: [],
  leftOutKey: 'runs/a/left-out',
};
const TRAIN: InputOf<'trainModel'> = {
  runId: 'a',
  seed: 0,
  plan: {
    name: 'student',
    dataset: DATASET,
    start: CONFIG.models[0]!,
    training: trainingForGeneration(CONFIG, 0),
  },
};

const context = activityContext(openStore('/nowhere/at/all'));
const schemaOf = (name: ActivityName) => ACTIVITIES[name].input;

/** Runs an activity with an input that its types do not allow. */
const runWith = (name: ActivityName, input: object) => runActivity(name, input as never, context);

test('an input passes unchanged, after JSON too', () => {
  assert.deepEqual(schemaOf('trainModel').parse(TRAIN), TRAIN);
  assert.deepEqual(schemaOf('trainModel').parse(JSON.parse(JSON.stringify(TRAIN))), TRAIN);
});

test('a default that the schema gained since the run began is filled in', () => {
  const config = searchConfig.parse({ name: 'policies', data: DATA });
  const { gate: _, ...older } = config;
  const checked = schemaOf('trainingOfTrial').parse({ runId: 'a', config: older, trial: 0 });
  assert.deepEqual((checked as InputOf<'trainingOfTrial'>).config.gate, config.gate);
});

const { plan: _, ...withoutPlan } = TRAIN;
const WRONG: ReadonlyArray<readonly [string, object, RegExp]> = [
  ['a missing key', withoutPlan, /at plan/],
  ['an unknown key', { ...TRAIN, generation: 1 }, /"generation"/],
  ['a wrong value', { ...TRAIN, seed: 'x' }, /at seed/],
  ['a folder outside of the runs', { ...TRAIN, runId: '../x' }, /without slashes[\s\S]*at runId/],
  [
    'a wrong value within a record',
    { ...TRAIN, plan: { ...TRAIN.plan, dataset: { ...DATASET, classes: [] } } },
    /at plan\.dataset\.classes/,
  ],
];
for (const [what, input, place] of WRONG) {
  test(`an input with ${what} is refused, with the names of the activity and the key`, async () => {
    await assert.rejects(runWith('trainModel', input), (error: Error) => {
      assert.equal(error.name, 'ConfigurationError');
      assert.match(error.message, /^input of trainModel:\n/);
      assert.match(error.message, place);
      return true;
    });
  });
}

test('every problem of an input is named', async () => {
  await assert.rejects(runWith('trainModel', { runId: '', seed: -1 }), (error: Error) => {
    for (const place of ['runId', 'seed', 'plan']) assert.match(error.message, new RegExp(`at ${place}`));
    return true;
  });
});

for (const name of NAMES) {
  test(`${name} refuses an empty input and an unknown key`, async () => {
    const refused = { name: 'ConfigurationError', message: new RegExp(`^input of ${name}:\\n`) };
    await assert.rejects(runWith(name, {}), refused);
    await assert.rejects(runWith(name, { unknownKey: 1 }), /"unknownKey"/);
  });
}

test('the code of every activity loads', async () => {
  for (const name of NAMES) assert.equal(typeof (await ACTIVITIES[name].load()), 'function', name);
});

test('every activity runs either on trainers or on orchestrators', () => {
  const all = [...activityNamesOn('trainer'), ...activityNamesOn('orchestrator')];
  assert.deepEqual(all.toSorted(), NAMES.toSorted());
});

test('an activity that was cancelled before it began does no work', async () => {
  const aborted = {
    ...context,
    signal: AbortSignal.abort(new Error('cancelled')),
    report: () => assert.fail('expected no progress'),
  };
  await assert.rejects(runActivity('trainModel', TRAIN, aborted), /cancelled/);
});

test('every activity of a trainer names its run, whose number of threads it uses', () => {
  for (const name of activityNamesOn('trainer')) {
    const keys = Object.keys((schemaOf(name) as z.ZodObject).shape);
    assert(keys.includes('runId') && keys.includes('threads'), name);
  }
});

test('an activity reports its kind and total before any work', async () => {
  const reports: object[] = [];
  const abort = new AbortController();
  const report = (progress: Omit<ActivityProgress, 'attempt'>) => {
    reports.push(progress);
    abort.abort(new Error('enough'));
  };
  const work = runActivity('trainModel', TRAIN, { ...context, signal: abort.signal, report });
  await assert.rejects(work, /enough/);
  const { steps } = TRAIN.plan.training;
  assert.deepEqual(reports[0], { activity: 'train', done: 0, total: steps, rate: 0 });
});
