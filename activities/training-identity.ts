import { hashOfValue } from '../domain/hash.js';
import type { DatasetRecord } from '../domain/records.js';
import type { TrainingIdentity, TrainingPlan } from '../domain/training-plan.js';

interface Determining {
  readonly seed: number;
  readonly plan: TrainingPlan;
  /** Of TensorFlow. */
  readonly threads: number;
}

/**
 * Hashes everything that determines a training's weights, and nothing else: with other heartbeat times, gates or numbers
 * of generations, a run still continues from its checkpoints.
 * @param networkHash of the file that defines the network, if any
 */
export function identityOf({ seed, plan, threads }: Determining, networkHash?: string): TrainingIdentity {
  const { dataset, secondDataset, start, training, objective, generation = 0, ...rest } = plan;
  const { pseudoLabels, responses, teachers, teacherOutputs, withoutLabelled } = rest;
  const { checkpointSeconds: _, ...settings } = training;
  const content = {
    'data set': [[dataset, secondDataset].map((of) => of && contentOf(of)), withoutLabelled],
    network: start.kind === 'stored' ? [start.weightsHash, start.head] : [start, networkHash],
    settings,
    objective,
    seed: [seed, generation],
    threads,
    'pseudo-labels': pseudoLabels?.hash,
    predictions: [
      teachers?.map(({ weightsHash }) => weightsHash),
      teacherOutputs,
      responses && [responses.width, responses.labelled?.hash, responses.unlabelled?.hash],
    ],
  };
  return Object.fromEntries(Object.entries(content).map(([part, value]) => [part, hashOfValue(value)]));
}

/** The split is identified by its key, which contains the run id. */
function contentOf({ splitKey, contentHash, classes, classNumbers }: DatasetRecord): unknown {
  return { splitKey, contentHash, classes, classNumbers };
}
