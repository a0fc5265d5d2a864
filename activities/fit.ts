import type { ArtifactStore } from '../domain/artifact-store.js';
import { ConfigurationError } from '../domain/errors.js';
import type { FitPlan } from '../domain/fit-plan.js';
import { classesApart } from '../domain/objective-spec.js';
import type { TrainedModel } from '../domain/records.js';
import { concatImages, emptyLike } from '../learning/datasets/concat-images.js';
import { openDataset } from '../learning/datasets/open.js';
import { unpackPseudoLabels } from '../learning/pseudo-labels/pack.js';
import {
  type TrainingHooks,
  type TrainingJob,
  type TrainingOutcome,
  train,
} from '../learning/training/train.js';
import { Checkpoints } from '../storage/checkpoints.js';
import { readFloats } from '../storage/floats.js';
import type { modelKeys } from '../storage/keys.js';
import { readModel } from '../storage/models.js';
import { readTrained, writeTrained } from '../storage/runs.js';
import type { StepInput } from './contract.js';
import { keepModel } from './keep-model.js';
import type { ReportedProgress, RunningStep } from './step-context.js';

/** A training of a run, and where it is kept. */
export interface Fit extends StepInput {
  readonly plan: FitPlan;
  readonly keys: ReturnType<typeof modelKeys>;
  /** Of all that its result hangs on: another one under the same keys is refused. */
  readonly hash: string;
}

/**
 * Trains by a plan to its end or stop, or on from the last checkpoint of any earlier attempt. Where an attempt had
 * come to its result already, that is the answer.
 * @throws StaleAttemptError when a later attempt has taken over
 * @throws the signal's reason, after a checkpoint, when it aborts.
 */
export async function fit(asked: Fit, step: RunningStep): Promise<TrainedModel> {
  const earlier = await resultOfEarlierAttempt(asked, step);
  if (earlier) return earlier;
  const checkpoints = await Checkpoints.claim(step.store, asked.keys.checkpoints, asked.hash);
  const outcome = await train(await jobOf(asked, step), hooksOf(asked, step, checkpoints));
  // Not to write over what a later attempt has written.
  await checkpoints.assertCurrent();
  const trained = await keep(asked, step, outcome);
  if (outcome.steps >= asked.plan.training.steps) await checkpoints.clear();
  return trained;
}

async function resultOfEarlierAttempt(asked: Fit, { store }: RunningStep) {
  const earlier = await readTrained(store, resultKey(asked));
  if (!earlier || earlier.inputHash === asked.hash) return earlier?.model;
  throw new ConfigurationError(
    `run id: received ${asked.runId}, which has trained ${asked.plan.name} with another configuration, other data or another version of Apprentice: give this run an id of its own`,
  );
}

/** A training that stops on its way comes to a result at each stop. */
function resultKey({ keys, plan: { stopAt, training } }: Fit): string {
  return stopAt === undefined || stopAt >= training.steps ? keys.trained : `${keys.trained}-at-${stopAt}`;
}

function progressOf({ generation = 0, training, stopAt = training.steps }: FitPlan) {
  return { activity: 'train', generation, total: Math.min(stopAt, training.steps) } as const;
}

async function jobOf({ config, plan }: Fit, { store, report }: RunningStep): Promise<TrainingJob> {
  const { dataset, model, generation = 0, minimumParameters, stopAt, objective, responses } = plan;
  const onShard = () => report({ ...progressOf(plan), done: 0, rate: 0 });
  const images = await imagesOf(plan, store, onShard);
  const floats = (key: string, count: number, width: number) => readFloats(store, key, count * width);
  return {
    images,
    classes: dataset.classes.length,
    training: plan.training,
    seed: config.seed,
    generation,
    ...(model.kind === 'stored'
      ? { start: { model: await readModel(store, model.modelKey), head: model.head } }
      : { model }),
    ...(plan.pseudoLabelsKey && {
      pseudoLabels: unpackPseudoLabels(await store.read(plan.pseudoLabelsKey)),
    }),
    ...(responses && {
      responses: {
        width: responses.width,
        labelled: responses.labelledKey
          ? await floats(responses.labelledKey, images.labelled.count, responses.width)
          : new Float32Array(),
        ...(responses.unlabelledKey && {
          unlabelled: await floats(responses.unlabelledKey, images.unlabelled.count, responses.width),
        }),
      },
    }),
    ...(objective && { objective }),
    ...(plan.teacherKeys && {
      teachers: await Promise.all(plan.teacherKeys.map((key) => readModel(store, key))),
    }),
    ...(plan.teacherOutputs && { teacherOutputs: plan.teacherOutputs }),
    ...(minimumParameters !== undefined && { minimumParameters }),
    ...(stopAt !== undefined && { stopAt }),
  };
}

/** What the plan trains on, and validates on. */
async function imagesOf(
  plan: FitPlan,
  store: ArtifactStore,
  onShard: () => void,
): Promise<TrainingJob['images']> {
  const { dataset, more, training, pseudoLabelsKey, responses, teacherKeys, withoutLabelled } = plan;
  const isAnswered = responses?.unlabelledKey !== undefined || teacherKeys !== undefined;
  const needsUnlabelled =
    pseudoLabelsKey !== undefined ||
    (isAnswered && training.unlabelledRatio > 0) ||
    'consistency' in training;
  const images = await openDataset(dataset, store, {
    imagesToRead: ({ labelled, validation, unlabelled }) => [
      withoutLabelled ? [] : labelled,
      validation,
      needsUnlabelled ? unlabelled : [],
    ],
    onShard,
  });
  if (withoutLabelled) return { ...images, labelled: emptyLike(images.labelled) };
  if (!more) return images;
  const others = await openDataset(more, store, {
    imagesToRead: ({ labelled, validation }) => [labelled, validation],
    onShard,
  });
  return {
    labelled: concatImages(images.labelled, others.labelled),
    validation: concatImages(images.validation, others.validation),
    unlabelled: images.unlabelled,
  };
}

function hooksOf({ plan }: Fit, { signal, report }: RunningStep, checkpoints: Checkpoints): TrainingHooks {
  const progress = progressOf(plan);
  let latest: Partial<ReportedProgress> = {};
  const tell = (news: Partial<ReportedProgress>) => {
    latest = { ...latest, ...news };
    report({ done: 0, rate: 0, ...latest, ...progress });
  };
  return {
    signal,
    onProgress: tell,
    async loadState() {
      const state = await checkpoints.load((broken) =>
        console.warn(`passed over a checkpoint: ${broken.message}`),
      );
      tell(state ? { done: state.step, checkpointStep: state.step } : {});
      return state;
    },
    async saveState(state) {
      if (state.step === latest.checkpointStep) return;
      await checkpoints.save(state);
      tell({ checkpointStep: state.step });
    },
  };
}

/** Writes everything the training came to; its record last. */
async function keep(asked: Fit, { store }: RunningStep, outcome: TrainingOutcome): Promise<TrainedModel> {
  const { runId, plan, keys, config, hash } = asked;
  const { dataset, generation = 0 } = plan;
  const { model, parameters, temperature, calibratedError } = outcome;
  const trained = await keepModel({ runId, config, dataset, generation, keys }, store, {
    model,
    parameters,
    predictions: outcome.validationPredictions,
    evaluation: outcome.validation,
    temperature,
    calibratedError,
    apart: classesApart(plan.objective),
    training: outcome,
  });
  await writeTrained(store, resultKey(asked), trained, hash);
  return trained;
}
