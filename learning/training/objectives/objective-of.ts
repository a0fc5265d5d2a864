import type { TrainingSpec } from '../../../domain/config/training.js';
import type { ObjectiveSpec } from '../../../domain/objective-spec.js';
import type { Teachers } from '../../distillation/teachers.js';
import { distillationObjective } from './distillation.js';
import { jointObjective } from './joint.js';
import type { Objective } from './objective.js';
import { retentionObjective } from './retention.js';

/** Whether it compares features with the teachers' too. */
export function looksAtFeatures(spec?: ObjectiveSpec): boolean {
  return spec?.kind === 'distil' && spec.features !== undefined;
}

/**
 * What a training of this kind makes smaller: cross-entropy of labels and pseudo-labels unless told otherwise.
 * @param teachers networks that answer in each step, where the objective asks for them
 */
export function objectiveOf(training: TrainingSpec, spec?: ObjectiveSpec, teachers?: Teachers): Objective {
  switch (spec?.kind) {
    case 'distil':
      return distillationObjective(spec, teachers);
    case 'retain':
      return retentionObjective(spec, teachers);
    case undefined:
      return jointObjective(training);
  }
}
