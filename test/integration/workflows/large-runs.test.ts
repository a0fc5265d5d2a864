import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CORRUPTIONS } from '../../../domain/corruption.js';
import { sha256 } from '../../../domain/hash.js';
import type { MethodName } from '../../../domain/methods.js';
import {
  DATASET,
  type NotedActivities,
  notedActivities,
  openedModel,
  STUBS,
  type Stubs,
  trainedModel,
} from '../../support/stub-activities.js';
import { type StubRunOptions, startStubRun } from '../../support/stub-runs.js';
import { withWorkflows } from '../../support/workflow-tests.js';

/** As many names, of such lengths and as different, as ImageNet-21k's folders would have. */
const CLASSES = Array.from(
  { length: 5000 },
  (_, index) => `${index} ${sha256(`class ${index}`).slice(0, 20)}`,
);
const LARGE = {
  ...DATASET,
  classes: CLASSES,
  counts: { labelled: 100_000, validation: 100_000, unlabelled: 100_000, test: 100_000 },
};

const COUNTS = CLASSES.slice(0, 100).map((className) => ({
  ...{ className, predicted: 100, confident: 90, kept: 80, examples: 100 },
  ...{ threshold: 0.9, status: 'balanced' },
}));

/** A model with the classes in an order of its own. */
function largeModel(reference: string) {
  const turn = Number.parseInt(sha256(reference).slice(0, 8), 16) % CLASSES.length;
  const classes = [...CLASSES.slice(turn), ...CLASSES.slice(0, turn)];
  return { ...openedModel(reference), classes, outputs: classes.length };
}

const STUBS_WITH_MANY_CLASSES: Stubs = {
  prepareDataset: () => LARGE,
  openModel: ({ reference }) => largeModel(reference),
  promote: (input) => ({ ...STUBS.promote(input), classes: CLASSES }),
  chooseImages: (input) => ({ ...STUBS.chooseImages(input), byClass: CLASSES.map((_, index) => index) }),
  prepareExtension: ({ dataset }) => ({
    oldClasses: CLASSES.map((name) => `old ${name}`),
    dataset: { ...dataset, classes: [...CLASSES.map((name) => `old ${name}`), ...dataset.classes] },
    old: { ...dataset, classNumbers: CLASSES.map((_, index) => index) },
  }),
};

const CASES: ReadonlyArray<{
  readonly what: string;
  readonly method: MethodName;
  readonly config?: object;
  readonly stubs?: Stubs;
  readonly options?: StubRunOptions;
  readonly done: (noted: NotedActivities) => number;
  readonly expected: number;
}> = [
  {
    what: 'robustness of 4 models under all corruptions',
    method: 'robustness',
    config: {
      models: Array.from({ length: 4 }, (_, index) => `model-${index}`),
      corruptions: [...CORRUPTIONS],
    },
    done: ({ inputs }) => inputs('measureRobustness').length,
    expected: 4 * (CORRUPTIONS.length + 1),
  },
  {
    what: 'the test measurements of 33 generations',
    method: 'self-training',
    config: { generations: 32 },
    options: {
      // Continues after the last generation.
      continued: {
        startedAt: '2026-01-01T00:00:00.000Z',
        stages: [],
        opened: [],
        paused: false,
        dataset: LARGE,
        state: Array.from({ length: 33 }, (_, generation) => ({
          generation,
          role: 'student',
          promoted: true,
          model: trainedModel(`runs/large/generation-${generation}`, 0.8, generation),
          pseudoLabels: { byClass: COUNTS },
        })),
      },
    },
    done: ({ inputs }) => inputs('measureModel').length,
    expected: 33,
  },
  {
    what: 'a distillation of 64 teachers with classes in different orders',
    method: 'distill',
    config: { teachers: Array.from({ length: 64 }, (_, index) => `teacher-${index}`), views: 'same' },
    done: ({ inputs }) => inputs('trainModel')[0]!.plan.teacherOutputs!.length,
    expected: 64,
  },
  {
    what: 'a search with 32 trials at once',
    method: 'search',
    config: { parallel: 32 },
    stubs: {
      planSearch: () => ({
        rungs: [{ steps: 10, trials: 32 }],
        texts: Array.from({ length: 32 }, (_, trial) => `policy ${trial}`),
      }),
      closeRung: ({ runId }) => ({
        survivors: [4],
        finalists: [{ trial: 4, modelKey: `runs/${runId}/trial-4/model`, validationPredictionsKey: 'p' }],
      }),
    },
    done: ({ inputs }) => inputs('trainModel').length,
    expected: 32,
  },
  {
    what: 'an extension of 5,000 classes by 5,000',
    method: 'extend',
    config: { old: { labelled: { format: 'class-folders', path: '/old' } } },
    done: ({ inputs }) => inputs('trainModel').length,
    expected: 4,
  },
  {
    what: 'the choice of images to label',
    method: 'label-next',
    done: ({ inputs }) => inputs('chooseImages').length,
    expected: 1,
  },
];

describe('runs on 5,000 classes and 100,000 images', () => {
  for (const { what, method, config = {}, stubs, options, done, expected } of CASES) {
    test(`${what} stays within the limits of the server`, async () => {
      const noted = notedActivities({ ...STUBS_WITH_MANY_CLASSES, ...stubs });
      await withWorkflows(noted.activities, async (server) => {
        const run = await startStubRun(server, method, 'large', config, options);
        assert.equal((await run.result()).runId, 'large');
        assert.equal(done(noted), expected);
        assert.equal((await run.progress()).status, 'completed');
      });
    });
  }
});
