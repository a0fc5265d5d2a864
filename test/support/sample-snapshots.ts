import type { PseudoLabelRecord } from '../../domain/pseudo-labels.js';
import type { RunSnapshot } from '../../client/snapshot.js';
import { type GenerationRecord, selfTrainingConfig } from '../../domain/methods/self-training.js';
import type { DatasetRecord, Evaluation, RunProgress, RunReport, StepProgress, TrainedModel, Verdict } from '../../domain/records.js';

/** A run of clothes at moments worth a look: for the view's tests, and to be looked at. */
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
  rejected: 0,
  rejectedKey: `runs/${RUN_ID}/rejected`,
  duplicatesAcrossSplits: 0,
};

const config = selfTrainingConfig.parse({
  name: 'clothes',
  data: { labelled: { format: 'class-folders', path: '/pictures/train' } },
});

export const progress: RunProgress = {
  runId: RUN_ID,
  config,
  status: 'preparing',
  paused: false,
  generation: 0,
  generations: [],
  startedAt: '2026-02-03T10:00:00Z',
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

export const training: StepProgress = {
  activity: 'train',
  generation: 1,
  done: 412,
  total: 800,
  rate: 8.34,
  loss: 0.8123,
  validationAccuracy: 0.829,
  bestValidationAccuracy: 0.831,
  checkpointStep: 400,
  attempt: 1,
};

const none = { steps: [], problems: [] };
const tested = [teacher, student, refused].map((record, index) => ({
  ...record,
  test: evaluation([0.8068, 0.8312, 0.8366][index]!, 5000),
}));

export const report: RunReport = {
  runId: RUN_ID,
  name: 'clothes',
  dataset,
  generations: tested,
  champion: { generation: 1, modelKey: student.model.modelKey, version: 2 },
  startedAt: progress.startedAt,
  endedAt: '2026-02-03T10:05:31Z',
  trainingSeconds: 195,
  reportKey: `runs/${RUN_ID}/report`,
};

const inStudent: RunProgress = {
  ...progress,
  dataset,
  status: 'training',
  generation: 1,
  generations: [teacher],
};

export const snapshots = {
  preparing: {
    ...none,
    progress,
    steps: [
      { activity: 'prepare-dataset', generation: 0, done: 9310, total: 25_000, rate: 3120, attempt: 1 },
    ],
  },
  waiting: { ...none, progress, problems: ['no trainer is running: start one with `apprentice up`'] },
  labelling: {
    ...none,
    progress: {
      ...inStudent,
      status: 'pseudo-labelling',
      current: { generation: 1, shards: { done: 0, of: 2 } },
    },
    steps: [
      { activity: 'pseudo-label', generation: 1, done: 6000, total: 10_000, rate: 1900, attempt: 1 },
      { activity: 'pseudo-label', generation: 1, done: 0, total: 8000, rate: 0, attempt: 1 },
    ],
  },
  training: {
    ...none,
    progress: { ...inStudent, current: { generation: 1, pseudoLabels } },
    steps: [training],
  },
  poor: {
    ...none,
    progress: {
      ...inStudent,
      dataset: { ...dataset, rejected: 3, duplicatesAcrossSplits: 12 },
      current: { generation: 1, pseudoLabels: poorLabels },
    },
    steps: [{ ...training, attempt: 3 }],
    problems: ['trainModel, attempt 3 of 20, after: the trainer was ended by SIGKILL; last lines: Killed'],
  },
  paused: {
    ...none,
    progress: { ...inStudent, status: 'paused', paused: true, current: { generation: 1, pseudoLabels } },
  },
  asking: {
    ...none,
    progress: {
      ...inStudent,
      status: 'awaiting-approval',
      current: { generation: 1, pseudoLabels, model: student.model, verdict },
    },
  },
  testing: {
    ...none,
    progress: { ...inStudent, status: 'testing', generation: 2, generations: [teacher, student, refused] },
    steps: [{ activity: 'evaluate', generation: 1, done: 2500, total: 5000, rate: 4000, attempt: 1 }],
  },
  completed: {
    ...none,
    progress: { ...inStudent, status: 'completed', generation: 2, generations: tested },
    outcome: { status: 'completed', report },
  },
  failed: {
    ...none,
    progress: { ...inStudent, status: 'failed', current: { generation: 1, pseudoLabels } },
    outcome: { status: 'failed', error: `${RUN_ID}: step 17: the loss became NaN: lower the learning rate` },
  },
} satisfies Record<string, RunSnapshot>;
