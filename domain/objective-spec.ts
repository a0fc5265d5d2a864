/** What a training makes smaller, where that is more than the cross-entropy of its labels. Plain JSON. */
export type ObjectiveSpec = DistillationSpec | RetentionSpec;

/**
 * Where the teachers' answers come from: recorded once on the clean images, or given in each step on the very view
 * that the student sees (Beyer et al. 2022), which costs their forward pass and teaches more.
 */
export type ResponseViews = 'recorded' | 'same';

/** Learning from the answers of a teacher (Hinton et al. 2015). */
export interface DistillationSpec {
  readonly kind: 'distill';
  /** Share of the labels' loss, from 0 to 1; the teacher's answers have the rest. */
  readonly alpha: number;
  /** Divides the logits of both before their softmax; above 0. */
  readonly temperature: number;
  /** hard: the teacher's most probable class counts as if it were a label. */
  readonly targets: 'soft' | 'hard';
  readonly views: ResponseViews;
  /** The first teacher’s features too (Tung and Mori 2019); only of the same views. */
  readonly features?: { readonly weight: number };
}

/** Learning new classes without forgetting the old ones (Li and Hoiem 2016). */
export interface RetentionSpec {
  readonly kind: 'retain';
  /** How many classes, the first ones, the old model knows. */
  readonly oldClasses: number;
  readonly temperature: number;
  /** Lambda of the paper: the weight of the old classes' loss. */
  readonly weight: number;
  /** separate: a softmax over the new classes alone, as in the paper. joint: over all. */
  readonly heads: 'separate' | 'joint';
  /** held: the weights of the old classes' outputs stand still. */
  readonly oldOutputs?: 'held';
  readonly views: ResponseViews;
}

/**
 * How many of a model's classes, the first ones, are not taught to compete with the others: what it is worth, and its
 * temperature, are of the others alone. Undefined where all compete.
 */
export function classesApart(objective: ObjectiveSpec | undefined): number | undefined {
  const isApart = objective?.kind === 'retain' && objective.heads === 'separate';
  return isApart ? objective.oldClasses : undefined;
}
