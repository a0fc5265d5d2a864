import { hashOfValue } from '../domain/hash.js';
import type { DatasetRecord } from '../domain/records.js';
import type { TrainingIdentity, TrainingPlan } from '../domain/training-plan.js';

/**
 * Hashes of all that decides a training's weights, and of nothing else: a run that goes on with other heartbeat times,
 * gates or numbers of generations continues from its checkpoints.
 * @param networkHash content of the file that describes the network, if there is one
 */
export function identityOf(
  { seed, plan }: { readonly seed: number; readonly plan: TrainingPlan },
  networkHash?: string,
): TrainingIdentity {
  const { dataset, more, start, training, objective, generation = 0, ...rest } = plan;
  const { pseudoLabels, responses, teachers, teacherOutputs, withoutLabelled } = rest;
  const { checkpointSeconds: _, ...settings } = training;
  const content = {
    'data set': [[dataset, more].map((of) => of && contentOf(of)), withoutLabelled],
    network: start.kind === 'stored' ? [start.weightsHash, start.head] : [start, networkHash],
    settings,
    objective,
    seed: [seed, generation],
    'pseudo-labels': pseudoLabels?.hash,
    predictions: [
      teachers?.map(({ weightsHash }) => weightsHash),
      teacherOutputs,
      responses && [responses.width, responses.labelled?.hash, responses.unlabelled?.hash],
    ],
  };
  return Object.fromEntries(Object.entries(content).map(([part, value]) => [part, hashOfValue(value)]));
}

/** The split's key names the run, which has one split only. */
function contentOf({ splitKey, contentHash, classes, classNumbers }: DatasetRecord): unknown {
  return { splitKey, contentHash, classes, classNumbers };
}
