import type { GenerationRecord } from '../../domain/methods/self-training.js';
import type { Run } from '../../client/run.js';
import { ArtifactMissingError } from '../../domain/errors.js';
import type { FullEvaluation } from '../../domain/records.js';

/** A run's champion, class by class. */
export interface ChampionClasses {
  readonly generation: number;
  readonly split: 'validation' | 'test';
  readonly evaluation: FullEvaluation;
}

/** On test where it has been measured there; undefined where the store has nothing of it. */
export async function championClasses(
  run: Pick<Run, 'evaluation'>,
  generations: readonly GenerationRecord[],
): Promise<ChampionClasses | undefined> {
  const champion = generations.findLast(({ promoted }) => promoted);
  if (!champion) return undefined;
  const { generation } = champion;
  const split = champion.test ? 'test' : 'validation';
  try {
    return { generation, split, evaluation: await run.evaluation(generation, split) };
  } catch (error) {
    // The store was cleared, or the run is older than these measurements.
    if (error instanceof ArtifactMissingError) return undefined;
    throw error;
  }
}
