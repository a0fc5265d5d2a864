import { type TrialInput, type TrialWorth, trialName } from '../../domain/methods/search.js';
import { stepsOf } from '../activities.js';
import { listenToPause } from '../pause.js';
import { untilClosed } from '../until-closed.js';

/** One trial of a search, from where it is to its next rung. */
export function searchTrial(input: TrialInput): Promise<TrialWorth> {
  return untilClosed(() => trained(input));
}

async function trained({ runId, config, dataset, trial, steps, paused }: TrialInput): Promise<TrialWorth> {
  const pause = listenToPause(paused);
  const { orchestration, training } = stepsOf(config);
  const settings = await orchestration(`look up the policy of trial ${trial}`).trainingOfTrial({
    runId,
    config,
    trial,
  });
  const plan = {
    name: trialName(trial),
    dataset,
    model: config.model,
    training: settings,
    stopAt: steps,
  };
  const { validation } = await pause.interruptible(() =>
    training(`train trial ${trial} to step ${steps}`).fitModel({ runId, config, plan }),
  );
  return { accuracy: validation.accuracy, loss: validation.loss };
}
