import type { TrainingSpec } from '../../../domain/config/training.js';
import type { ObjectiveSpec } from '../../../domain/objective-spec.js';
import type { Teachers } from '../../distillation/teachers.js';
import { consistencyObjective } from './consistency.js';
import { distillationObjective } from './distillation.js';
import { jointObjective } from './joint.js';
import type { Objective } from './objective.js';
import { retentionObjective } from './retention.js';
import type { ImageCounts } from './thresholds/threshold-rule.js';

/** Whether the loss compares the network's features with the first teacher's. */
export function needsFeatures(spec?: ObjectiveSpec): boolean {
  return spec?.kind === 'distill' && spec.features !== undefined;
}

/** The facts about a training's images that its objective depends on. */
export interface ObjectiveContext {
  /** Needed with consistency. */
  readonly counts?: ImageCounts;
  /** Whether pseudo-labels have weights. */
  readonly weighted?: boolean;
}

/**
 * Returns the loss of a training: by default the cross-entropy of labels and pseudo-labels. With `consistency`, the
 * cross-entropy of labels that the network predicts in the step is added.
 * @param teachers networks that predict in each step, for `views: same`
 */
export function objectiveOf(
  training: TrainingSpec,
  spec?: ObjectiveSpec,
  teachers?: Teachers,
  { counts, weighted = false }: ObjectiveContext = {},
): Objective {
  const targeted = targetedObjective(training, weighted, spec, teachers);
  if (!training.consistency) return targeted;
  if (!counts) throw new Error('counts: received none, expected the image counts that consistency needs');
  return consistencyObjective(training.consistency, training, counts, targeted);
}

/** Returns the loss of the rows that have a target or other models' responses. */
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
