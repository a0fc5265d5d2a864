import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkInput } from '../../../activities/check-input.js';
import type { TrainInput } from '../../../activities/contract.js';
import { runStep } from '../../../activities/run-step.js';
import { searchConfig } from '../../../domain/methods/search.js';
import { selfTrainingConfig } from '../../../domain/methods/self-training.js';
import { ConfigurationError } from '../../../domain/errors.js';
import { openStore } from '../../../storage/open-store.js';

const CONFIG = selfTrainingConfig.parse({
  name: 'clothes',
  data: { labelled: { format: 'class-folders', path: 'x' } },
});
const DATASET = {
  splitKey: 'runs/a/split',
  contentHash: 'abc',
  classes: ['bag', 'shirt'],
  image: { height: 28, width: 28, channels: 1 as const },
  fit: 'cover' as const,
  counts: { labelled: 2, validation: 2, unlabelled: 3, test: 0 },
  rejected: 0,
  rejectedKey: 'runs/a/rejected',
  duplicatesAcrossSplits: 0,
};
const TRAIN: TrainInput = { runId: 'a', config: CONFIG, dataset: DATASET, generation: 0 };

test('an input passes as it is, over JSON too', () => {
  assert.deepEqual(checkInput('trainModel', TRAIN), TRAIN);
  assert.deepEqual(checkInput('trainModel', JSON.parse(JSON.stringify(TRAIN))), TRAIN);
});

test('a default that the schema gained since the run began is filled in', () => {
  const { gate: _, ...older } = CONFIG;
  assert.deepEqual(
    checkInput('trainModel', { ...TRAIN, config: older } as unknown as TrainInput).config.gate,
    CONFIG.gate,
  );
});

test('a method that began with words that only runs obey goes on', () => {
  const { data } = CONFIG;
  const config = searchConfig.parse({ name: 'policies', data });
  const gate = { ...config.gate, otherwise: 'ask', approval: 'always' };
  const earlier = { runId: 'a', config: { ...config, gate }, trial: 0 };
  const { config: checked } = checkInput('trainingOfTrial', earlier as never);
  assert.deepEqual(checked.gate, config.gate);
  assert.throws(() => searchConfig.parse({ name: 'policies', data, gate }), /only a run asks somebody/);
});

test('what is wrong is named, each with its place', () => {
  const wrong = { ...TRAIN, runId: '../x', generation: -1, dataset: { ...DATASET, classes: [] } };
  assert.throws(
    () => checkInput('trainModel', wrong as unknown as TrainInput),
    (error: Error) => {
      assert(error instanceof ConfigurationError);
      for (const place of ['runId', 'generation', 'dataset.classes'])
        assert.match(error.message, new RegExp(`at ${place}`));
      return true;
    },
  );
});

test('a wrong input ends a step before it begins; an aborted one does not begin', async () => {
  const context = {
    store: openStore('/nowhere/at/all'),
    signal: AbortSignal.abort(new Error('cancelled')),
    report: () => assert.fail('nothing was to begin'),
  };
  await assert.rejects(runStep('trainModel', {} as TrainInput, context), ConfigurationError);
  await assert.rejects(runStep('trainModel', TRAIN, context), /cancelled/);
});
