import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identityOf } from '../../../activities/training-identity.js';
import { trainingForGeneration } from '../../../domain/config/training-for-generation.js';
import { selfTrainingConfig } from '../../../domain/methods/self-training.js';
import type { DatasetRecord } from '../../../domain/records.js';
import type { TrainingPlan } from '../../../domain/training-plan.js';

const DATASET: DatasetRecord = {
  splitKey: 'runs/a/split',
  contentHash: '0123456789abcdef',
  classes: ['bag', 'boot'],
  image: { height: 8, width: 8, channels: 1 },
  fit: 'cover',
  counts: { labelled: 4, validation: 4, unlabelled: 4, test: 0 },
  leftOut: [],
  leftOutKey: 'runs/a/left-out',
};
const configOf = (change: object = {}) =>
  selfTrainingConfig.parse({
    name: 'shoes',
    data: { labelled: { format: 'class-folders', path: 'x' } },
    ...change,
  });
const CONFIG = configOf();
const TRAINING = trainingForGeneration(CONFIG, 1);
const PLAN: TrainingPlan = {
  name: 'generation-1',
  dataset: DATASET,
  start: { kind: 'module', path: '/net.mjs', options: {} },
  training: TRAINING,
  generation: 1,
  pseudoLabels: { key: 'runs/a/generation-1/pseudo-labels/selected', hash: 'labels' },
  responses: {
    width: 2,
    labelled: { key: 'runs/a/teachers/responses-labelled', hash: 'on labelled' },
    unlabelled: { key: 'runs/a/teachers/responses-unlabelled', hash: 'on unlabelled' },
  },
  teachers: [{ modelKey: 'runs/a/generation-0/model', weightsHash: 'weights' }],
};

interface Change {
  readonly plan?: Partial<TrainingPlan>;
  readonly seed?: number;
  readonly network?: string;
  readonly threads?: number;
}

const identity = ({ plan = {}, seed = 0, network = 'module', threads = 1 }: Change = {}) =>
  identityOf({ seed, threads, plan: { ...PLAN, ...plan } }, network);

/** The parts of the identity that a change makes another. */
function changedParts(change: Change): string[] {
  const [before, now] = [identity(), identity(change)];
  assert.deepEqual(Object.keys(now), Object.keys(before));
  return Object.keys(before).filter((part) => before[part] !== now[part]);
}

const FREE: ReadonlyArray<readonly [string, Partial<TrainingPlan>]> = [
  ['its name', { name: 'other' }],
  ['the stop on the way', { stopAt: 3 }],
  ['the smallest number of parameters', { minimumParameters: 5 }],
  ['the time between checkpoints', { training: { ...TRAINING, checkpointSeconds: 1 } }],
  ['what was left out', { dataset: { ...DATASET, leftOut: [{ kind: 'copy', count: 2, examples: [] }] } }],
  ['the key of its pseudo-labels', { pseudoLabels: { key: 'elsewhere', hash: 'labels' } }],
  ['the key of its teacher', { teachers: [{ modelKey: 'elsewhere', weightsHash: 'weights' }] }],
];
for (const [what, plan] of FREE) {
  test(`a training continues from its checkpoints after a change of ${what}`, () => {
    assert.deepEqual(changedParts({ plan }), []);
  });
}

test('the training of a generation does not depend on the run’s heartbeats, gate, attempts and generations', () => {
  const other = configOf({
    generations: 9,
    gate: { margin: 0.1 },
    execution: { heartbeatSeconds: 50, attempts: 7 },
  });
  assert.notDeepEqual(other, CONFIG);
  const training = trainingForGeneration(other, 1);
  assert.deepEqual(changedParts({ plan: { training, start: PLAN.start } }), []);
});

const { optimizer } = TRAINING;
const { responses } = PLAN;
const DECISIVE: ReadonlyArray<readonly [string, string, Change]> = [
  ['settings', 'steps', { plan: { training: { ...TRAINING, steps: 7 } } }],
  [
    'settings',
    'the learning rate',
    { plan: { training: { ...TRAINING, optimizer: { ...optimizer, learningRate: 0.5 } } } },
  ],
  [
    'settings',
    'the augmentation',
    { plan: { training: { ...TRAINING, augmentation: { ...TRAINING.augmentation, flip: 0 } } } },
  ],
  ['seed', 'the seed', { seed: 1 }],
  ['threads', 'the number of TensorFlow’s threads', { threads: 2 }],
  ['seed', 'the generation', { plan: { generation: 2 } }],
  ['data set', 'the content of the data', { plan: { dataset: { ...DATASET, contentHash: 'f' } } }],
  ['data set', 'the split', { plan: { dataset: { ...DATASET, splitKey: 'runs/b/split' } } }],
  ['data set', 'the order of the classes', { plan: { dataset: { ...DATASET, classes: ['boot', 'bag'] } } }],
  ['data set', 'the numbers of the classes', { plan: { dataset: { ...DATASET, classNumbers: [1, 0] } } }],
  ['data set', 'a second data set', { plan: { secondDataset: DATASET } }],
  ['data set', 'the use of labelled images', { plan: { withoutLabelled: true } }],
  ['network', 'the content of its file', { network: 'edited' }],
  [
    'network',
    'its options',
    { plan: { start: { kind: 'module', path: '/net.mjs', options: { filters: 2 } } } },
  ],
  ['pseudo-labels', 'the pseudo-labels', { plan: { pseudoLabels: { ...PLAN.pseudoLabels!, hash: 'f' } } }],
  [
    'predictions',
    'the weights of a teacher',
    { plan: { teachers: [{ ...PLAN.teachers![0]!, weightsHash: 'f' }] } },
  ],
  ['predictions', 'the class order of a teacher', { plan: { teacherOutputs: [[1, 0]] } }],
  [
    'predictions',
    'the recorded predictions on labelled images',
    { plan: { responses: { ...responses!, labelled: { key: 'k', hash: 'f' } } } },
  ],
  [
    'predictions',
    'the recorded predictions on unlabelled images',
    { plan: { responses: { ...responses!, unlabelled: { key: 'k', hash: 'f' } } } },
  ],
];
for (const [part, what, change] of DECISIVE) {
  test(`another value of ${what} is another training: its ${part} differs`, () => {
    assert.deepEqual(changedParts(change), [part]);
  });
}

test('a training that starts from a stored model depends on its weights and head, not on its key', () => {
  const stored = (change: object) =>
    identityOf({
      seed: 0,
      threads: 1,
      plan: {
        ...PLAN,
        start: { kind: 'stored', modelKey: 'k', weightsHash: 'w', head: 'new', ...change },
      },
    }).network;
  assert.equal(stored({ modelKey: 'elsewhere' }), stored({}));
  assert.notEqual(stored({ weightsHash: 'v' }), stored({}));
  assert.notEqual(stored({ head: 'kept' }), stored({}));
});

test('an identity is the same after the plan went through JSON', () => {
  const plan = { ...PLAN, secondDataset: undefined, teacherOutputs: undefined } as unknown as TrainingPlan;
  const read = identityOf({ seed: 0, threads: 1, plan: JSON.parse(JSON.stringify(plan)) }, 'module');
  assert.deepEqual(read, identity());
  assert.deepEqual(identityOf({ seed: 0, threads: 1, plan }, 'module'), identity());
});
