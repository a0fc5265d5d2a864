/** Activities that return plausible records at once, and note their calls: for tests of what workflows do. */
import { Context } from '@temporalio/activity';
import type { ActivityName, InputOf, ResultOf } from '../../activities/activities.js';
import { byAccuracy, type SearchPlan } from '../../domain/methods/search.js';
import type {
  DatasetRecord,
  Evaluation,
  ModelVersion,
  OpenedModel,
  TrainedModel,
  Verdict,
} from '../../domain/records.js';
import type { StubActivities } from './workflow-tests.js';

type Stub<Name extends ActivityName> = (input: InputOf<Name>) => ResultOf<Name> | Promise<ResultOf<Name>>;

/** Stubs by name; only those that a test changes. */
export type Stubs = { readonly [Name in ActivityName]?: Stub<Name> };

export interface Call {
  readonly name: ActivityName;
  readonly input: never;
  /** An activity that the workflow cancels ends as `cancelled`. */
  end?: 'done' | 'cancelled' | 'failed';
}

export interface NotedActivities {
  readonly activities: StubActivities;
  /** In the order in which they began. */
  readonly calls: readonly Call[];
  /** The inputs of an activity's calls. */
  inputs<Name extends ActivityName>(name: Name): InputOf<Name>[];
  /** The names of all activities called, in the order in which they began. */
  names(): ActivityName[];
}

/** @param changed replaces stubs of {@link STUBS} */
export function notedActivities(changed: Stubs = {}): NotedActivities {
  const calls: Call[] = [];
  const noted = Object.entries({ ...STUBS, ...changed }).map(([name, stub]) => [
    name,
    async (input: never) => {
      const call: Call = { name: name as ActivityName, input };
      calls.push(call);
      try {
        const result = await (stub as (input: never) => unknown)(input);
        call.end = 'done';
        return result;
      } catch (error) {
        call.end = (error as Error).name === 'CancelledFailure' ? 'cancelled' : 'failed';
        throw error;
      }
    },
  ]);
  return {
    activities: Object.fromEntries(noted),
    calls,
    inputs: (name) => calls.filter((call) => call.name === name).map(({ input }) => input),
    names: () => calls.map(({ name }) => name),
  };
}

/** Ends when the workflow cancels the activity, as a training that writes its checkpoint first. */
export async function untilCancelled(checkpointMs = 0): Promise<never> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), 50);
  try {
    return await context.cancelled;
  } catch (error) {
    await new Promise((resolve) => setTimeout(resolve, checkpointMs));
    throw error;
  } finally {
    clearInterval(beat);
  }
}

export function evaluationOf(accuracy: number): Evaluation {
  return { images: 100, accuracy, balancedAccuracy: accuracy, loss: 1 - accuracy, calibrationError: 0.05 };
}

export const DATASET: DatasetRecord = {
  splitKey: 'runs/stub/split',
  contentHash: '0123456789abcdef',
  classes: ['bag', 'boot', 'coat'],
  image: { height: 8, width: 8, channels: 1 },
  fit: 'cover',
  counts: { labelled: 30, validation: 100, unlabelled: 300, test: 100 },
  leftOut: [],
  leftOutKey: 'runs/stub/left-out',
};

export function openedModel(reference: string, parameters = 1000): OpenedModel {
  return {
    reference,
    name: reference.includes('@') ? reference : `${reference}@1`,
    modelKey: `runs/${reference}/generation-0/model`,
    classes: DATASET.classes,
    outputs: DATASET.classes.length,
    image: DATASET.image,
    fit: DATASET.fit,
    parameters,
    weightsHash: `weights-of-${reference}`,
  };
}

/** @param folder of the run, for example `runs/clothes/student` */
export function trainedModel(folder: string, accuracy: number, generation = 0): TrainedModel {
  return {
    modelKey: `${folder}/model`,
    generation,
    parameters: 500,
    steps: 20,
    bestStep: 15,
    validation: evaluationOf(accuracy),
    validationPredictionsKey: `${folder}/validation-predictions`,
    temperature: 1.5,
    calibratedError: 0.02,
    seriesKey: `${folder}/series`,
    trainingSeconds: 10,
    waitedSeconds: 1,
    weightsHash: `weights-of-${folder}`,
  };
}

/** A champion that another run has left in the line. */
export function reigningModel(version: number): ModelVersion {
  return {
    line: 'clothes',
    version,
    modelKey: 'runs/earlier/generation-0/model',
    runId: 'earlier',
    generation: 0,
    promotedAt: '2026-01-01T00:00:00.000Z',
    validationAccuracy: 0.8,
    classes: DATASET.classes,
    image: DATASET.image,
    parameters: 500,
    datasetHash: DATASET.contentHash,
  };
}

export function verdictOf(passes: boolean): Verdict {
  const [championAccuracy, challengerAccuracy] = [0.8, passes ? 0.85 : 0.75];
  const difference = challengerAccuracy - championAccuracy;
  return {
    passes,
    reason: passes ? 'gains 5.0 points' : 'loses 5.0 points',
    images: 100,
    championAccuracy,
    challengerAccuracy,
    difference,
    interval: [difference - 0.02, difference + 0.02],
    confidence: 0.9,
    margin: 0,
  };
}

const TASK = { images: 100, within: 0.9, overall: 0.8 };
const MODEL_SIZE = { parameters: 1000, bytes: 4000, imagesPerSecond: 100, accuracy: 0.8 };
const COMPRESSION = {
  teacher: MODEL_SIZE,
  student: { ...MODEL_SIZE, parameters: 500, imagesPerSecond: 200 },
  images: 100,
  parameterRatio: 2,
  sizeRatio: 2,
  speedRatio: 2,
  agreement: 0.9,
  accuracyKept: 1,
  accuracyLost: 0,
};
const HEAD = trainedModel('runs/stub/head', 0.8);
const PLAN: SearchPlan = {
  rungs: [
    { steps: 10, trials: 4 },
    { steps: 20, trials: 2 },
  ],
  texts: ['as configured', '1 operation', '2 operations', '3 operations', '4 operations'],
};

/** Each generation, trial and way of training is a little better than the one before. */
export const STUBS = {
  prepareDataset: () => DATASET,
  openModel: ({ reference }) => openedModel(reference),
  trainModel: ({ runId, plan: { name, generation = 0 } }) => {
    const number = Number(/\d+$/.exec(name)?.[0] ?? 0);
    return trainedModel(`runs/${runId}/${name}`, 0.7 + number / 100, generation);
  },
  measureModel: ({ runId, name, split }) => ({
    evaluation: evaluationOf(0.75),
    predictionsKey: `runs/${runId}/${name}/predictions-${split}`,
  }),
  findReigning: () => null,
  measureReigning: ({ runId, reigning: { version, modelKey } }) => ({
    version,
    modelKey,
    validation: evaluationOf(0.8),
    validationPredictionsKey: `runs/${runId}/reigning-predictions`,
  }),
  judge: () => verdictOf(true),
  promote: ({ runId, config, dataset, model }) => ({
    line: config.name,
    version: model.generation + 1,
    modelKey: model.modelKey,
    runId,
    generation: model.generation,
    promotedAt: '2026-01-01T00:00:00.000Z',
    validationAccuracy: model.validation.accuracy,
    classes: dataset.classes,
    image: dataset.image,
    parameters: model.parameters,
    datasetHash: dataset.contentHash,
  }),
  writeReport: ({ report }) => ({ ...report, reportKey: `runs/${report.runId}/report` }),

  adoptTeacher: ({ runId }) => trainedModel(`runs/${runId}/generation-0`, 0.7),
  pseudoLabelShard: ({ runId, generation, first, images }) => ({
    key: `runs/${runId}/generation-${generation}/shards/${first}`,
    first,
    images,
  }),
  selectPseudoLabels: ({ runId, generation, shards }) => {
    const images = shards.reduce((sum, shard) => sum + shard.images, 0);
    return {
      key: `runs/${runId}/generation-${generation}/pseudo-labels`,
      hash: 'labels',
      images,
      kept: images,
      dropped: 0,
      examples: images,
      byClass: [],
    };
  },

  transferHead: () => ({
    model: HEAD,
    measures: {
      labelsPerClass: 10,
      chance: 0.4,
      accuracy: 0.8,
      untrainedAccuracy: 0.5,
      similarity: 0.6,
      trainingAccuracy: 0.9,
    },
    choice: { mode: 'fine-tune', reason: 'Many labels.' },
    weightDecay: 0.1,
    trials: [{ weightDecay: 0.1, accuracy: 0.8, loss: 0.5 }],
    untrained: { modelKey: 'runs/stub/untrained', weightsHash: 'untrained' },
  }),

  predictWithTeachers: ({ runId }) => ({
    validation: evaluationOf(0.8),
    studentParameters: 500,
    predictionKeys: { validation: `runs/${runId}/teachers/predictions-validation` },
  }),
  measureCompression: () => ({ validation: COMPRESSION, test: COMPRESSION }),

  prepareExtension: ({ config, dataset }) => ({
    oldClasses: ['dress', 'shirt'],
    dataset: { ...dataset, classes: ['dress', 'shirt', ...dataset.classes] },
    ...(config.old && { old: { ...dataset, splitKey: 'runs/stub/old/split' } }),
  }),
  measureTasks: ({ prepared: { old }, name }) => {
    const measured = { ...(name !== 'before' && { new: TASK }), ...(old && { old: TASK }) };
    return { validation: measured, test: measured };
  },

  planSearch: () => PLAN,
  trainingOfTrial: ({ config }) => config.training as never,
  closeRung: ({ rung, results, runId }) => {
    const next = PLAN.rungs[rung + 1];
    const best = byAccuracy(results).map(({ trial }) => trial);
    const survivors = best.slice(0, next ? next.trials : 1).sort((a, b) => a - b);
    const finalists = (next ? [] : [...survivors, 0]).map((trial) => ({
      trial,
      modelKey: `runs/${runId}/trial-${trial}/model`,
      validationPredictionsKey: `runs/${runId}/trial-${trial}/validation-predictions`,
    }));
    return { survivors, finalists };
  },
  concludeSearch: ({ runId, best: { trial, test } }) => ({
    summary: `The best is trial ${trial}.`,
    rungs: PLAN.rungs,
    steps: { taken: 70, without: 100 },
    trials: [],
    best: { trial, augmentation: {} as never },
    ...(test && { test: { best: test } }),
    policiesKey: `runs/${runId}/policies`,
    bestKey: `runs/${runId}/best`,
  }),

  prepareReal: () => ({ ...DATASET, splitKey: 'runs/stub/real/split', contentHash: 'fedcba9876543210' }),
  measureGap: () =>
    ({
      labelled: 30,
      training: 30,
      real: 300,
      features: {
        clean: { images: 300, uncovered: 0.4, mmdSquared: 0.2, mmdPValue: 0.01 },
        augmented: { images: 300, mmdSquared: 0.1 },
        reference: { images: 100, uncovered: 0.1, mmdSquared: 0.01 },
      },
    }) as ResultOf<'measureGap'>,

  chooseImages: ({ runId, config: { by, count } }) => ({
    by,
    count,
    unlabelled: 300,
    candidates: 300,
    byClass: [count, 0, 0],
    chosenKey: `runs/${runId}/label-next`,
  }),

  measureRobustness: ({ config: { severities }, corruption }) =>
    (corruption ? severities : [0]).map((severity) => ({
      accuracy: 0.9 - severity / 10,
      calibrationError: 0.05,
    })),
  concludeRobustness: ({ models }) => ({
    summary: `${models.length} models.`,
    models: models as ResultOf<'concludeRobustness'>['models'],
  }),

  evaluateModel: ({ runId, split }) => ({
    evaluation: evaluationOf(0.8),
    evaluationKey: `runs/${runId}/model/evaluation-${split}`,
    calibratedError: 0.02,
  }),
} satisfies { readonly [Name in ActivityName]: Stub<Name> };
