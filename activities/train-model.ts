import { networkForGeneration } from '../domain/config/trained-networks.js';
import { trainingForGeneration } from '../domain/config/training-for-generation.js';
import type { FitPlan } from '../domain/fit-plan.js';
import type { TrainedModel } from '../domain/records.js';
import { generationKeys } from '../storage/keys.js';
import type { TrainInput } from './contract.js';
import { fit } from './fit.js';
import type { RunningStep } from './step-context.js';

/** Trains a generation to its end, or on from the last checkpoint of any earlier attempt, see {@link fit}. */
export function trainModel(input: TrainInput, step: RunningStep): Promise<TrainedModel> {
  const { runId, config, generation } = input;
  const keys = generationKeys(runId, generation);
  return fit({ runId, config, plan: planOf(input), keys, hash: step.inputHash }, step);
}

function planOf({ config, dataset, generation, pseudoLabels, teacher }: TrainInput): FitPlan {
  return {
    name: `generation ${generation}`,
    dataset,
    model: networkForGeneration(config, generation).spec,
    training: trainingForGeneration(config, generation),
    generation,
    ...(pseudoLabels && { pseudoLabelsKey: pseudoLabels.key }),
    ...(teacher && { minimumParameters: teacher.parameters }),
  };
}
