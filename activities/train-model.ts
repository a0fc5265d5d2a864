import type { ArtifactStore } from '../domain/artifact-store.js';
import { isUnusable } from '../domain/hashed-artifact.js';
import { taskBoundaryOf } from '../domain/objective-spec.js';
import type { TrainedModel } from '../domain/records.js';
import {
  type StoredBytes,
  type TrainingIdentity,
  type TrainingPlan,
  trainsToTheEnd,
} from '../domain/training-plan.js';
import { concatImages, emptyLike } from '../learning/datasets/concat-images.js';
import { openDataset } from '../learning/datasets/open.js';
import { readPseudoLabels } from '../learning/pseudo-labels/pack.js';
import {
  type TrainingHooks,
  type TrainingJob,
  type TrainingOutcome,
  train,
} from '../learning/training/train.js';
import { expectSameTraining } from '../storage/checkpoints/claims.js';
import { Checkpoints } from '../storage/checkpoints.js';
import { readFloats } from '../storage/floats.js';
import { modelKeys } from '../storage/keys.js';
import { readModel } from '../storage/models.js';
import { readTrained, writeTrained } from '../storage/runs.js';
import { checkKept } from './check-kept.js';
import type { ActivityContext, ReportedProgress } from './context.js';
import { keepModel } from './keep-model.js';
import { pinNetwork } from './pin-network.js';
import { identityOf } from './training-identity.js';

export interface TrainInput {
  readonly runId: string;
  readonly seed: number;
  readonly plan: TrainingPlan;
}

interface Training extends TrainInput {
  readonly keys: ReturnType<typeof modelKeys>;
  readonly identity: TrainingIdentity;
}

/**
 * Trains to the plan's end or stop; continues from the last checkpoint of any earlier attempt, or returns the result of
 * an earlier attempt.
 * @throws ConfigurationError if the run's folder has a training with another identity, or a network's file was edited
 * @throws StaleAttemptError if a later attempt has taken over
 * @throws the signal's reason, after a checkpoint, when it aborts
 */
export async function trainModel(input: TrainInput, context: ActivityContext): Promise<TrainedModel> {
  const network = await pinNetwork(input, context.store);
  const training = {
    ...input,
    keys: modelKeys(input.runId, input.plan.name),
    identity: identityOf({ ...input, threads: context.threads }, network),
  };
  const earlier = await earlierResult(training, context);
  if (earlier) return earlier;
  const { checkpoints: folder } = training.keys;
  const checkpoints = await Checkpoints.claim(context.store, folder, training.identity, ({ message }) =>
    console.warn(`skipped a damaged claim: ${message}`),
  );
  const outcome = await train(await jobOf(training, context), hooksOf(context, checkpoints));
  // A later attempt may have written its result already.
  await checkpoints.assertCurrent();
  const trained = await keep(training, context, outcome);
  if (outcome.steps >= input.plan.training.steps) await checkpoints.clear();
  return trained;
}

/** Undefined if the result is damaged: the training is then repeated, and ends with the same bits. */
async function earlierResult(
  training: Training,
  { store, report }: ActivityContext,
): Promise<TrainedModel | undefined> {
  try {
    const earlier = await readTrained(store, resultKey(training));
    if (!earlier) return undefined;
    expectSameTraining(`runs/${training.runId}/${training.plan.name}`, earlier.identity, training.identity);
    report({ done: 0, rate: 0 });
    await checkKept(store, training, earlier.model);
    return earlier.model;
  } catch (error) {
    if (!isUnusable(error)) throw error;
    console.warn(`trains again: ${error.message}`);
    return undefined;
  }
}

/** A training with stops has a result at each stop. */
function resultKey({ keys, plan }: Training): string {
  return trainsToTheEnd(plan) ? keys.trained : `${keys.trained}-at-${plan.stopAt}`;
}

async function jobOf({ seed, plan }: Training, { store, report }: ActivityContext): Promise<TrainingJob> {
  const { dataset, start, generation = 0, minimumParameters, stopAt, objective, responses } = plan;
  const images = await imagesOf(plan, store, () => report({ done: 0, rate: 0 }));
  const responsesTo = async (bytes: StoredBytes | undefined, count: number) =>
    bytes && readFloats(store, bytes.key, count * responses!.width);
  const unlabelled = await responsesTo(responses?.unlabelled, images.unlabelled.count);
  return {
    images,
    classes: dataset.classes.length,
    training: plan.training,
    seed,
    generation,
    ...(start.kind === 'stored'
      ? { start: { model: await readModel(store, start.modelKey), head: start.head } }
      : { model: start }),
    ...(plan.pseudoLabels && {
      pseudoLabels: await readPseudoLabels(store, plan.pseudoLabels.key, images.unlabelled.count),
    }),
    ...(responses && {
      responses: {
        width: responses.width,
        labelled: (await responsesTo(responses.labelled, images.labelled.count)) ?? new Float32Array(),
        ...(unlabelled && { unlabelled }),
      },
    }),
    ...(objective && { objective }),
    ...(plan.teachers && {
      teachers: await Promise.all(plan.teachers.map(({ modelKey }) => readModel(store, modelKey))),
    }),
    ...(plan.teacherOutputs && { teacherOutputs: plan.teacherOutputs }),
    ...(minimumParameters !== undefined && { minimumParameters }),
    ...(stopAt !== undefined && { stopAt }),
  };
}

/** Opens the images that a plan trains and validates on. */
async function imagesOf(
  plan: TrainingPlan,
  store: ArtifactStore,
  onShard: () => void,
): Promise<TrainingJob['images']> {
  const { dataset, secondDataset, training, pseudoLabels, responses, teachers, withoutLabelled } = plan;
  const hasTeachers = responses?.unlabelled !== undefined || teachers !== undefined;
  const needsUnlabelled =
    pseudoLabels !== undefined ||
    (hasTeachers && training.unlabelledRatio > 0) ||
    training.consistency !== undefined;
  const images = await openDataset(dataset, store, {
    imagesToRead: ({ labelled, validation, unlabelled }) => [
      withoutLabelled ? [] : labelled,
      validation,
      needsUnlabelled ? unlabelled : [],
    ],
    onShard,
  });
  if (withoutLabelled) return { ...images, labelled: emptyLike(images.labelled) };
  if (!secondDataset) return images;
  const others = await openDataset(secondDataset, store, {
    imagesToRead: ({ labelled, validation }) => [labelled, validation],
    onShard,
  });
  return {
    labelled: concatImages(images.labelled, others.labelled),
    validation: concatImages(images.validation, others.validation),
    unlabelled: images.unlabelled,
  };
}

function hooksOf({ signal, report }: ActivityContext, checkpoints: Checkpoints): TrainingHooks {
  let latest: ReportedProgress = {};
  const publish = (news: ReportedProgress) => {
    latest = { ...latest, ...news };
    report(latest);
  };
  return {
    signal,
    onProgress: publish,
    async loadState() {
      const state = await checkpoints.load((broken) =>
        console.warn(`skipped a corrupt checkpoint: ${broken.message}`),
      );
      publish(state ? { done: state.step, checkpointStep: state.step } : {});
      return state;
    },
    async saveState(state) {
      if (state.step === latest.checkpointStep) return;
      await checkpoints.save(state);
      publish({ checkpointStep: state.step });
    },
  };
}

/** Stores the results of a training, its record last. */
async function keep(
  training: Training,
  { store, threads }: ActivityContext,
  outcome: TrainingOutcome,
): Promise<TrainedModel> {
  const { runId, plan, keys, identity } = training;
  const { dataset, generation = 0 } = plan;
  const { model, parameters, temperature, calibratedError } = outcome;
  const trained = await keepModel({ runId, dataset, generation, keys }, store, {
    model,
    parameters,
    predictions: outcome.validationPredictions,
    evaluation: outcome.validation,
    temperature,
    calibratedError,
    taskBoundary: taskBoundaryOf(plan.objective),
    training: { ...outcome, threads },
  });
  await writeTrained(store, resultKey(training), trained, identity);
  return trained;
}
