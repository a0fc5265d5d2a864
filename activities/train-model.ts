import { trainingOf } from '../domain/config/training-of.js';
import { ConfigurationError } from '../domain/errors.js';
import type { TrainedModel } from '../domain/records.js';
import { openDataset } from '../learning/datasets/open.js';
import { unpackPseudoLabels } from '../learning/pseudo-labels/pack.js';
import {
  type TrainingHooks,
  type TrainingJob,
  type TrainingOutcome,
  train,
} from '../learning/training/train.js';
import { Checkpoints } from '../storage/checkpoints.js';
import { writeFloats } from '../storage/floats.js';
import { generationKeys } from '../storage/keys.js';
import { writeModel } from '../storage/models.js';
import { readTrained, writeEvaluation, writeSeries, writeTrained } from '../storage/runs.js';
import type { TrainInput } from './contract.js';
import type { ReportedProgress, RunningStep } from './step-context.js';

/**
 * Trains a generation to its end, or on from the last checkpoint of any earlier attempt. Where an attempt had
 * come to its result already, that is the answer.
 * @throws StaleAttemptError when a later attempt has taken over
 * @throws the signal's reason, after a checkpoint, when it aborts.
 */
export async function trainModel(input: TrainInput, step: RunningStep): Promise<TrainedModel> {
  const { runId, generation } = input;
  const earlier = await resultOfEarlierAttempt(input, step);
  if (earlier) return earlier;
  const folder = generationKeys(runId, generation).checkpoints;
  const checkpoints = await Checkpoints.claim(step.store, folder, step.inputHash);
  const outcome = await train(await jobOf(input, step), hooksOf(input, step, checkpoints));
  // Not to write over what a later attempt has written.
  await checkpoints.assertCurrent();
  const trained = await keep(input, step, outcome);
  await checkpoints.clear();
  return trained;
}

async function resultOfEarlierAttempt({ runId, generation }: TrainInput, { store, inputHash }: RunningStep) {
  const earlier = await readTrained(store, runId, generation);
  if (!earlier || earlier.inputHash === inputHash) return earlier?.model;
  throw new ConfigurationError(
    `run id: received ${runId}, which has trained generation ${generation} with another configuration or other data: give this run an id of its own`,
  );
}

function progressOf({ config, generation }: TrainInput) {
  const { steps } = generation === 0 ? config.teacher : config.student;
  return { activity: 'train', generation, total: steps } as const;
}

async function jobOf(input: TrainInput, { store, report }: RunningStep): Promise<TrainingJob> {
  const { config, dataset, generation, pseudoLabels, teacher } = input;
  const images = await openDataset(dataset, store, {
    lookedAt: ({ labelled, validation, unlabelled }) => [
      labelled,
      validation,
      pseudoLabels ? unlabelled : [],
    ],
    onShard: () => report({ ...progressOf(input), done: 0, rate: 0 }),
  });
  return {
    images,
    classes: dataset.classes.length,
    model: config.models[Math.min(generation, config.models.length - 1)]!,
    training: trainingOf(config, generation),
    seed: config.seed,
    generation,
    ...(pseudoLabels && { pseudoLabels: unpackPseudoLabels(await store.read(pseudoLabels.key)) }),
    ...(teacher && { minimumParameters: teacher.parameters }),
  };
}

function hooksOf(
  input: TrainInput,
  { signal, report }: RunningStep,
  checkpoints: Checkpoints,
): TrainingHooks {
  const progress = progressOf(input);
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
async function keep(
  input: TrainInput,
  { store, inputHash }: RunningStep,
  outcome: TrainingOutcome,
): Promise<TrainedModel> {
  const { runId, generation, dataset, config } = input;
  const keys = generationKeys(runId, generation);
  const { classes, image } = dataset;
  const card = { runId, generation, classes, image, fit: config.data.image.fit };
  await writeModel(store, keys.model, outcome.model, card);
  await writeFloats(store, keys.validationPredictions, outcome.validationPredictions);
  await writeSeries(store, keys.series, outcome.series);
  const trained: TrainedModel = {
    modelKey: keys.model,
    generation,
    parameters: outcome.parameters,
    steps: outcome.steps,
    bestStep: outcome.bestStep,
    validation: await writeEvaluation(store, keys.evaluation('validation'), outcome.validation),
    validationPredictionsKey: keys.validationPredictions,
    seriesKey: keys.series,
    trainingSeconds: outcome.seconds,
    waitedSeconds: outcome.waitedSeconds,
    weightsHash: outcome.weightsHash,
  };
  await writeTrained(store, runId, trained, inputHash);
  return trained;
}
