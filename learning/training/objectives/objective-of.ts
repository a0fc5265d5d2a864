import type { TrainingSpec } from '../../../domain/config/training.js';
import type { ObjectiveSpec } from '../../../domain/objective-spec.js';
import type { Teachers } from '../../distillation/teachers.js';
import { consistencyObjective } from './consistency.js';
import { distillationObjective } from './distillation.js';
import { jointObjective } from './joint.js';
import type { Objective } from './objective.js';
import { retentionObjective } from './retention.js';
import type { ImageCounts } from './thresholds/threshold-rule.js';

/** Whether it compares features with the teachers' too. */
export function needsFeatures(spec?: ObjectiveSpec): boolean {
  return spec?.kind === 'distill' && spec.features !== undefined;
}

/** What an objective is told of a training's images. */
export interface ObjectiveContext {
  /** Whose labels the network makes itself, where the training asks for that. */
  readonly counts?: ImageCounts;
  /** Whether pseudo-labels have weights. */
  readonly weighted?: boolean;
}

/**
 * What a training of this kind makes smaller: cross-entropy of labels and pseudo-labels unless told otherwise, and
 * that of labels which the network makes itself where the training has `consistency`.
 * @param teachers networks that answer in each step, where the objective asks for them
 */
export function objectiveOf(
  training: TrainingSpec,
  spec?: ObjectiveSpec,
  teachers?: Teachers,
  { counts, weighted = false }: ObjectiveContext = {},
): Objective {
  const targeted = targetedObjective(training, weighted, spec, teachers);
  if (!training.consistency) return targeted;
  if (!counts) throw new Error('crowd: received none, expected the images that consistency is about');
  return consistencyObjective(training.consistency, training, counts, targeted);
}

/** Of the rows that come with a target, or with other models' answers. */
function targetedObjective(
  training: TrainingSpec,
  weighted: boolean,
  spec?: ObjectiveSpec,
  teachers?: Teachers,
): Objective {
  switch (spec?.kind) {
    case 'distill':
      return distillationObjective(spec, teachers);
    case 'retain':
      return retentionObjective(spec, teachers);
    case undefined:
      return jointObjective(training, weighted);
  }
}
