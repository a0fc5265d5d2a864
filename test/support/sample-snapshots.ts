import type { RunSnapshot } from '../../client/snapshot.js';
import { distillConfig } from '../../domain/methods/distill.js';
import {
  type GenerationRecord,
  type SelfTrainingDetails,
  type SelfTrainingReport,
  selfTrainingConfig,
} from '../../domain/methods/self-training.js';
import type { ProgressOf } from '../../domain/methods.js';
import type { PseudoLabelRecord } from '../../domain/pseudo-labels.js';
import type {
  ActivityProgress,
  DatasetRecord,
  Evaluation,
  TrainedModel,
  Verdict,
} from '../../domain/records.js';
import type { Part, Stage } from '../../domain/run.js';

/** A self-training run of clothes at several moments, and a distillation. */
export const NOW = Date.parse('2026-02-03T10:04:12Z');
export const RUN_ID = 'clothes-20260203-7f3a';

const CLOTHES = 'ankle-boot bag coat dress pullover sandal shirt sneaker t-shirt-top trouser'.split(' ');

export const dataset: DatasetRecord = {
  splitKey: `runs/${RUN_ID}/split`,
  contentHash: '0123456789abcdef',
  classes: CLOTHES,
  image: { height: 28, width: 28, channels: 1 },
  fit: 'cover',
  counts: { labelled: 1000, unlabelled: 18_000, validation: 1000, test: 5000 },
  leftOut: [],
  leftOutKey: `runs/${RUN_ID}/left-out`,
};

const config = selfTrainingConfig.parse({
  name: 'clothes',
  data: { labelled: { format: 'class-folders', path: '/pictures/train' } },
});

type Progress = ProgressOf<'self-training'>;

const STARTED_AT = '2026-02-03T10:00:00Z';

function running(name: string, ...parts: readonly string[]): Stage {
  const begun = (part: string, at: number): Part =>
    at < parts.length - 1 ? done(part) : { name: part, status: 'running', startedAt: STARTED_AT };
  return {
    name,
    status: 'running',
    startedAt: STARTED_AT,
    ...(parts.length > 0 && { parts: parts.map(begun) }),
  };
}

function done(name: string, note?: string): Part {
  return {
    name,
    status: 'done',
    startedAt: STARTED_AT,
    endedAt: '2026-02-03T10:01:05Z',
    ...(note && { note }),
  };
}

export const progress: Progress = {
  runId: RUN_ID,
  config,
  status: 'running',
  paused: false,
  stages: [running('prepare the data set')],
  children: [],
  details: { generations: [] },
  startedAt: STARTED_AT,
};

export function evaluation(accuracy: number, images: number): Evaluation {
  return {
    images,
    accuracy,
    balancedAccuracy: accuracy,
    loss: 0.52,
    calibrationError: (1 - accuracy) / 3,
  };
}

export function model(generation: number, accuracy: number): TrainedModel {
  return {
    modelKey: `runs/${RUN_ID}/generation-${generation}/model`,
    generation,
    parameters: [78_042, 174_202, 308_394][generation]!,
    steps: generation === 0 ? 600 : 800,
    bestStep: generation === 0 ? 540 : 800,
    validation: evaluation(accuracy, 1000),
    validationPredictionsKey: '',
    temperature: 1.2,
    calibratedError: (1 - accuracy) / 5,
    seriesKey: '',
    waitedSeconds: 0.1,
    trainingSeconds: 45 + 20 * generation,
    weightsHash: '',
  };
}

export const pseudoLabels: PseudoLabelRecord = {
  key: `runs/${RUN_ID}/generation-1/pseudo-labels/selected`,
  hash: '',
  images: 18_000,
  kept: 14_611,
  dropped: 3389,
  examples: 17_350,
  byClass: CLOTHES.map((className, index) => {
    const predicted = [1905, 1760, 2310, 1702, 1450, 1833, 902, 1840, 2198, 2100][index]!;
    const kept = Math.min(1735, Math.round(predicted * (index === 6 ? 0.6 : 0.93)));
    return {
      className,
      predicted,
      confident: kept,
      kept,
      examples: 1735,
      threshold: 0.4,
      status: 'balanced',
    };
  }),
};

/** Twelve classes of all scripts, some of them without a confident picture. */
export const poorLabels: PseudoLabelRecord = {
  ...pseudoLabels,
  images: 900,
  kept: 610,
  dropped: 290,
  examples: 720,
  byClass: ['猫', 'собака', 'ज़ेब्रा', 'a class with a very long name indeed', '🐎 horse', 'κύκνος'].map(
    (className, index) => ({
      className,
      predicted: [210, 180, 0, 240, 12, 258][index]!,
      confident: [150, 120, 0, 120, 0, 120][index]!,
      kept: [120, 120, 0, 120, 10, 120][index]!,
      examples: [120, 120, 0, 120, 10, 120][index]!,
      threshold: 0.3,
      status: index === 2 ? 'missing' : index === 4 ? 'taken-below-threshold' : 'balanced',
    }),
  ),
};

export const verdict: Verdict = {
  passes: true,
  reason: '',
  images: 1000,
  championAccuracy: 0.812,
  challengerAccuracy: 0.835,
  difference: 0.023,
  interval: [0.011, 0.035],
  confidence: 0.9,
  margin: 0,
};

const refusal: Verdict = { ...verdict, passes: false, difference: 0.004, interval: [-0.006, 0.014] };

export const teacher: GenerationRecord = {
  generation: 0,
  role: 'teacher',
  model: model(0, 0.812),
  promoted: true,
  version: 1,
};

export const student: GenerationRecord = {
  generation: 1,
  role: 'student',
  model: model(1, 0.835),
  pseudoLabels,
  verdict,
  promoted: true,
  version: 2,
};

export const refused: GenerationRecord = {
  ...student,
  generation: 2,
  model: model(2, 0.839),
  verdict: refusal,
  decision: { promote: false, by: 'ana', reason: 'no gain worth its size' },
  promoted: false,
};

export const training: ActivityProgress = {
  activity: 'train',
  done: 412,
  total: 800,
  rate: 8.34,
  loss: 0.8123,
  validationAccuracy: 0.829,
  bestValidationAccuracy: 0.831,
  checkpointStep: 400,
  attempt: 1,
};

const none = { activities: [], problems: [] };
const tested = [teacher, student, refused].map((record, index) => ({
  ...record,
  test: evaluation([0.8068, 0.8312, 0.8366][index]!, 5000),
}));

export const report: SelfTrainingReport = {
  runId: RUN_ID,
  method: 'self-training',
  name: 'clothes',
  config,
  summary:
    'The best model is student 1: 83.12% on test, 2.44 points above its teacher; promoted as clothes@2.',
  dataset,
  generations: tested,
  model: student.model,
  version: 2,
  startedAt: progress.startedAt,
  endedAt: '2026-02-03T10:05:31Z',
  trainingSeconds: 195,
  reportKey: `runs/${RUN_ID}/report`,
};

const PREPARED = done('prepare the data set', '1000 labelled, 18000 unlabelled images');
const TAUGHT = [PREPARED, done('teacher', '81.20% on validation, version 1')];
const LEARNT = [
  ...TAUGHT,
  done('student 1', '83.50% on validation, version 2'),
  done('student 2', '83.90% on validation, not promoted'),
];

/** The first student, at a part of its generation. */
function inStudent(
  current: Omit<NonNullable<SelfTrainingDetails['current']>, 'generation'>,
  ...parts: readonly string[]
): Progress {
  return {
    ...progress,
    dataset,
    stages: [...TAUGHT, running('student 1', ...parts)],
    details: { generations: [teacher], current: { generation: 1, ...current } },
  };
}

const inTraining = inStudent({ pseudoLabels }, 'pseudo-labels', 'training');

export const snapshots = {
  preparing: {
    ...none,
    progress,
    activities: [{ activity: 'prepare-dataset', done: 9310, total: 25_000, rate: 3120, attempt: 1 }],
  },
  waiting: { ...none, progress, problems: ['no trainer is running: start one with `apprentice up`'] },
  labelling: {
    ...none,
    progress: inStudent({ shards: { done: 0, of: 2 } }, 'pseudo-labels'),
    activities: [
      { activity: 'pseudo-label', done: 6000, total: 10_000, rate: 1900, attempt: 1 },
      { activity: 'pseudo-label', done: 0, total: 8000, rate: 0, attempt: 1 },
    ],
  },
  training: { ...none, progress: inTraining, activities: [training] },
  poor: {
    ...none,
    progress: {
      ...inStudent({ pseudoLabels: poorLabels }, 'pseudo-labels', 'training'),
      dataset: {
        ...dataset,
        leftOut: [
          {
            kind: 'unreadable',
            count: 3,
            examples: [{ name: '/data/coat/7.jpg', reason: 'an empty file (0 bytes)' }],
          },
          { kind: 'copy', count: 12, examples: [{ name: '/data/coat/8.jpg' }] },
        ],
      },
    },
    activities: [{ ...training, attempt: 3 }],
    problems: ['trainModel, attempt 3 of 20, after: the trainer was ended by SIGKILL; last lines: Killed'],
  },
  paused: { ...none, progress: { ...inTraining, status: 'paused', paused: true } },
  asking: {
    ...none,
    progress: {
      ...inStudent(
        { pseudoLabels, model: student.model, verdict },
        'pseudo-labels',
        'training',
        'gate',
        'decision',
      ),
      status: 'awaiting-approval',
      question: { about: 'student 1', verdict },
    },
  },
  testing: {
    ...none,
    progress: {
      ...progress,
      dataset,
      stages: [...LEARNT, running('test')],
      details: { generations: [teacher, student, refused] },
    },
    activities: [{ activity: 'evaluate', done: 2500, total: 5000, rate: 4000, attempt: 1 }],
  },
  completed: {
    ...none,
    progress: {
      ...progress,
      dataset,
      status: 'completed',
      stages: [...LEARNT, done('test')],
      details: { generations: tested },
    },
    outcome: { status: 'completed', report },
  },
  failed: {
    ...none,
    progress: {
      ...inTraining,
      status: 'failed',
      stages: [...TAUGHT, { ...done('student 1'), status: 'failed' }],
    },
    outcome: { status: 'failed', error: `${RUN_ID}: step 17: the loss became NaN: lower the learning rate` },
  },
} satisfies Record<string, RunSnapshot<'self-training'>>;

const distilling = {
  ...progress,
  runId: 'clothes-small-20260203-1b2c',
  config: distillConfig.parse({
    method: 'distill',
    name: 'clothes-small',
    data: { labelled: { format: 'class-folders', path: '/pictures/train' } },
    teachers: ['clothes'],
  }),
  dataset,
  details: undefined as never,
} satisfies ProgressOf<'distill'>;

const OPENED = done('open clothes', '10 classes, 174,202 parameters');

export const distillation = {
  training: {
    ...none,
    progress: {
      ...distilling,
      stages: [
        OPENED,
        PREPARED,
        done('ask the teacher', '83.5% on validation'),
        running('train the student'),
      ],
    },
    activities: [{ ...training, done: 1230, total: 3000 }],
  },
  asking: {
    ...none,
    progress: {
      ...distilling,
      status: 'awaiting-approval',
      stages: [OPENED, PREPARED, running('gate', 'decision')],
      question: { about: 'the student', verdict },
    },
  },
} satisfies Record<string, RunSnapshot<'distill'>>;
