import { hashOfValue } from '../../domain/hash.js';
import type { TrainedModel } from '../../domain/records.js';
import { modelKeys } from '../../storage/keys.js';
import type { FitInput } from '../contract.js';
import { fit } from '../fit.js';
import type { RunningStep } from '../step-context.js';

/** Trains by a plan, see {@link fit}. Where it stops on its way is no part of what is trained. */
export function fitModel({ runId, config, plan }: FitInput, step: RunningStep): Promise<TrainedModel> {
  const { stopAt: _, ...whole } = plan;
  const hash = hashOfValue({ runId, seed: config.seed, plan: whole });
  return fit({ runId, config, plan, keys: modelKeys(runId, plan.name), hash }, step);
}
