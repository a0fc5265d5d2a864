import { type TrialEvaluation, type TrialInput, trialName } from '../../../domain/methods/search.js';
import { activityCalls } from '../../activity-calls.js';
import { listenToPause } from '../../pause.js';
import { untilClosed } from '../../until-closed.js';

export const TRIAL_WORKFLOW = 'searchTrial';

/** Trains one trial of a search from its last rung to the next. */
export function searchTrial(input: TrialInput): Promise<TrialEvaluation> {
  return untilClosed(() => train(input));
}

async function train({ runId, config, dataset, trial, steps, paused }: TrialInput): Promise<TrialEvaluation> {
  const { orchestrator, trainer } = activityCalls(config, listenToPause(paused));
  const training = await orchestrator(`read the policy of trial ${trial}`).trainingOfTrial({
    runId,
    config,
    trial,
  });
  const plan = { name: trialName(trial), dataset, start: config.model, training, stopAt: steps };
  const { validation } = await trainer(`train trial ${trial} to step ${steps}`).trainModel({
    runId,
    seed: config.seed,
    plan,
  });
  return { accuracy: validation.accuracy, loss: validation.loss };
}
