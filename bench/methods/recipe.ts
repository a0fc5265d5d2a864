import type { ModelSpec } from '../../domain/config/model.js';
import type { PseudoLabelConfig } from '../../domain/config/pseudo-labels.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import type { LabelNextConfig } from '../../domain/methods/label-next.js';
import type { ObjectiveSpec } from '../../domain/objective-spec.js';
import type { HeadPlan } from '../../domain/training-plan.js';

/** The data of a training: a label budget, optionally of some classes or with transformed images. */
export interface View {
  readonly labels: number | 'all';
  /** Class indices to keep, in their new order; all by default. */
  readonly classes?: readonly number[];
  /** Class indices that come first, without images: classes that a model knows already. */
  readonly after?: readonly number[];
  readonly change?: 'inverted' | 'rotated';
  /** A query for additional labels. */
  readonly asked?: LabelQuery;
}

/** How a model chooses unlabelled images to label next. */
export interface LabelQuery {
  readonly by: LabelNextConfig['by'] | 'random';
  readonly count: number;
  readonly model: Recipe;
}

/** The teacher of the unlabelled images, and the pseudo-labels that are made of its predictions. */
export interface LabelledBy {
  /** The one with the highest validation accuracy teaches. */
  readonly teachers: readonly Recipe[];
  readonly pseudoLabels: PseudoLabelConfig;
  /** The teacher predicts augmented images instead of clean ones. */
  readonly noised?: boolean;
}

/**
 * How to train a model, including all its ancestors. Plain JSON: its hash identifies the model, so that equal recipes are
 * trained once and a renamed field makes stored results unusable.
 */
export interface Recipe {
  readonly view: View;
  readonly network: ModelSpec;
  readonly training: TrainingSpec;
  /** 0 for a teacher; keys initial weights and noise. */
  readonly generation: number;
  readonly labelledBy?: LabelledBy;
  /** The initial model, instead of `network`; `fitted` means with a last layer that is fitted to its features first. */
  readonly start?: { readonly from: Recipe; readonly head: HeadPlan | 'fitted' };
  /** Models whose predictions of each batch are training targets, and the loss. */
  readonly taughtBy?: { readonly teachers: readonly Recipe[]; readonly objective: ObjectiveSpec };
  /** Trains on the unlabelled images only. */
  readonly withoutLabelled?: boolean;
}
