import type { RunSnapshot } from '../../client/snapshot.js';
import type { ModelSpec } from '../../domain/config/model.js';
import { networkForGeneration } from '../../domain/config/trained-networks.js';
import type { RunConfig } from '../../domain/config.js';
import type { GenerationRecord, RunProgress, StepProgress } from '../../domain/records.js';
import { stageProgress } from './stage-progress.js';

/** All that is known of one generation, wherever in a snapshot it stands. */
export interface GenerationView
  extends Partial<Omit<GenerationRecord, 'generation'>>,
    Omit<NonNullable<RunProgress['current']>, 'generation'> {
  readonly generation: number;
  readonly state: 'planned' | 'now' | 'done';
  readonly network: string;
  /** How far its labelling or training is, while it is at work. */
  readonly work?: StepProgress;
}

/** The generations of a run, those to come included. */
export function generationsOf(snapshot: RunSnapshot): GenerationView[] {
  const { config, generations, current } = snapshot.progress;
  const work = stageProgress(snapshot);
  return Array.from({ length: config.generations + 1 }, (_, generation) => {
    const record = generations.find((candidate) => candidate.generation === generation);
    const now = current?.generation === generation && !record ? current : undefined;
    return {
      ...now,
      ...record,
      generation,
      state: record ? 'done' : now ? 'now' : 'planned',
      network: networkName(config, generation, record),
      ...(now && work && isOfGeneration(work) && { work }),
    };
  });
}

/** Preparing and testing belong to the run. */
function isOfGeneration({ activity }: StepProgress): boolean {
  return activity === 'train' || activity === 'pseudo-label';
}

export function nameOf(generation: number): string {
  return generation === 0 ? 'Teacher' : `Student ${generation}`;
}

/** Of a teacher that is there already: which model it is. */
function networkName(config: RunConfig, generation: number, record?: Pick<GenerationRecord, 'from'>): string {
  const { from } = config.teacher;
  if (generation === 0 && from !== undefined) return record?.from?.name ?? from;
  return networkText(networkForGeneration(config, generation).spec);
}

export function networkText(spec: ModelSpec): string {
  if (spec.kind !== 'residual') return `${spec.kind} ${spec.path}`;
  const depth = spec.blocksPerStage === 1 ? '' : `, ${spec.blocksPerStage} blocks a stage`;
  return `residual, width ${spec.width}${depth}`;
}
