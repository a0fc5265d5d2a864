import type { LabelNextConfig } from '../../domain/methods/label-next.js';
import type { ModelSpec } from '../../domain/config/model.js';
import type { PseudoLabelConfig } from '../../domain/config/pseudo-labels.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import type { HeadPlan } from '../../domain/training-plan.js';
import type { ObjectiveSpec } from '../../domain/objective-spec.js';

/** What a model learns from: a budget of labels, perhaps of some classes only, perhaps with changed pictures. */
export interface View {
  readonly labels: number | 'all';
  /** Numbers of the classes that are kept, in the order that numbers them anew; all of them unless given. */
  readonly classes?: readonly number[];
  /** Classes without images that are numbered before them: a model knows them already. */
  readonly after?: readonly number[];
  readonly change?: 'inverted' | 'rotated';
  /** More labels, of the images that a model asks for. */
  readonly asked?: AskedLabels;
}

/** Unlabelled images that are labelled next, and how they are chosen; at random: whoever comes first. */
export interface AskedLabels {
  readonly by: LabelNextConfig['by'] | 'random';
  readonly count: number;
  readonly model: Recipe;
}

/** Who labels the unlabelled images, and how its word is used. */
export interface LabelledBy {
  /** Of several, the one that is best on validation. */
  readonly teachers: readonly Recipe[];
  readonly pseudoLabels: PseudoLabelConfig;
  /** The teacher looks at augmented images instead of clean ones. */
  readonly noised?: boolean;
}

/**
 * How a model comes to be, down to its first ancestor: plain JSON, so that equal recipes are trained once, and a model
 * is known by the hash of its recipe.
 */
export interface Recipe {
  readonly view: View;
  readonly network: ModelSpec;
  readonly training: TrainingSpec;
  /** 0 for a teacher; keys initial weights and noise. */
  readonly generation: number;
  readonly labelledBy?: LabelledBy;
  /** A model to begin as, instead of `network`; `fitted`: with a last layer that is fitted to its features first. */
  readonly start?: { readonly from: Recipe; readonly head: HeadPlan | 'fitted' };
  /** Models that answer to each step's images, and how their answers are learnt from. */
  readonly taughtBy?: { readonly teachers: readonly Recipe[]; readonly objective: ObjectiveSpec };
  /** What the labels teach is left out. */
  readonly withoutLabelled?: boolean;
}
