import type { TrainingSpec } from '../../../domain/config/training.js';
import { jointObjective } from './joint.js';
import type { Objective } from './objective.js';

/** What a training of this kind makes smaller. */
export function objectiveOf(training: TrainingSpec): Objective {
  return jointObjective(training);
}
