/** The loss of a training that uses more than the cross-entropy of its labels. Plain JSON. */
export type ObjectiveSpec = DistillationSpec | RetentionSpec;

/**
 * The images that the teachers predict: the clean ones, recorded once before the training; or in each step the same
 * augmented views as the student's (Beyer et al. 2022), which costs a forward pass per step and teaches more.
 */
export type ResponseViews = 'recorded' | 'same';

/** Distillation from the predictions of teachers (Hinton et al. 2015). */
export interface DistillationSpec {
  readonly kind: 'distill';
  /** Weight of the labels' loss, from 0 to 1; the loss of the teachers' predictions has the rest. */
  readonly alpha: number;
  /** Divides the logits of teacher and student before their softmax; above 0. */
  readonly temperature: number;
  /** hard: the teacher's most probable class is the label. */
  readonly targets: 'soft' | 'hard';
  readonly views: ResponseViews;
  /** Adds a loss on the first teacher's features (Tung and Mori 2019); needs views: same. */
  readonly features?: { readonly weight: number };
}

/** Learning new classes without forgetting the old ones (Li and Hoiem 2016). */
export interface RetentionSpec {
  readonly kind: 'retain';
  /** Number of classes of the old model; they come first. */
  readonly oldClasses: number;
  readonly temperature: number;
  /** Weight of the old classes' loss (lambda in the paper). */
  readonly weight: number;
  /** separate: a softmax over the new classes alone, as in the paper. joint: a softmax over all classes. */
  readonly heads: 'separate' | 'joint';
  /** held: the old classes' weights in the last layer are not trained. */
  readonly oldOutputs?: 'held';
  readonly views: ResponseViews;
}

/**
 * Returns the number of old classes of a training with separate heads, else undefined. Its network does not learn to
 * compare these first classes with the new ones after them, so accuracy and temperature are those of the new classes.
 */
export function taskBoundaryOf(objective: ObjectiveSpec | undefined): number | undefined {
  const hasSeparateHeads = objective?.kind === 'retain' && objective.heads === 'separate';
  return hasSeparateHeads ? objective.oldClasses : undefined;
}
