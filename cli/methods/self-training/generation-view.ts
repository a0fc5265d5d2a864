import type { RunSnapshot } from '../../../client/snapshot.js';
import { networkText } from '../../../domain/config/model.js';
import { networkForGeneration } from '../../../domain/config/trained-networks.js';
import type {
  CurrentGeneration,
  GenerationRecord,
  SelfTrainingConfig,
} from '../../../domain/methods/self-training.js';
import type { ActivityProgress } from '../../../domain/records.js';
import { type Phase, phaseOf } from './phase.js';
import { phaseWork } from './work.js';

/** A generation with all information from a snapshot. */
export interface GenerationView
  extends Partial<Omit<GenerationRecord, 'generation'>>,
    Omit<CurrentGeneration, 'generation'> {
  readonly generation: number;
  readonly state: 'planned' | 'now' | 'done';
  readonly network: string;
  /** Present for the generation in progress. */
  readonly phase?: Phase | undefined;
  /** The progress of its labelling or training. */
  readonly work?: ActivityProgress;
}

/** All generations of a run, planned ones included. */
export function generationsOf(snapshot: RunSnapshot<'self-training'>): GenerationView[] {
  const { config, details } = snapshot.progress;
  const { generations = [], current } = details ?? {};
  const work = phaseWork(snapshot);
  return Array.from({ length: config.generations + 1 }, (_, generation) => {
    const record = generations.find((candidate) => candidate.generation === generation);
    const now = current?.generation === generation && !record ? current : undefined;
    return {
      ...now,
      ...record,
      generation,
      state: record ? 'done' : now ? 'now' : 'planned',
      network: networkName(config, generation, record),
      ...(now && { phase: phaseOf(snapshot.progress) }),
      ...(now && work && isOfGeneration(work) && { work }),
    };
  });
}

/** Preparing data and testing belong to the run. */
function isOfGeneration({ activity }: ActivityProgress): boolean {
  return activity === 'train' || activity === 'pseudo-label';
}

export function nameOf(generation: number): string {
  return generation === 0 ? 'Teacher' : `Student ${generation}`;
}

/** The network, or the existing model that became the teacher. */
function networkName(
  config: SelfTrainingConfig,
  generation: number,
  record?: Pick<GenerationRecord, 'from'>,
): string {
  const { from } = config.teacher;
  if (generation === 0 && from !== undefined) return record?.from?.name ?? from;
  return networkText(networkForGeneration(config, generation).spec);
}
