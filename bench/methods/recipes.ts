import type { z } from 'zod';
import {
  type AugmentationConfig,
  augmentationConfig,
  policyOfGeneration,
} from '../../domain/config/augmentation.js';
import { headOnly } from '../../domain/config/layers.js';
import { type PseudoLabelConfig, pseudoLabelConfig } from '../../domain/config/pseudo-labels.js';
import { asTrainingSpec, studentTraining, teacherTraining } from '../../domain/config/training.js';
import type { ExtensionName } from '../../domain/methods/extend.js';
import { extendConfig } from '../../domain/methods/extend.js';
import { transferConfig } from '../../domain/methods/transfer.js';
import type { DistillationSpec, RetentionSpec } from '../../domain/objective-spec.js';
import type { Recipe, View } from './recipe.js';
import type { Scale } from './scale.js';

type StudentInput = z.input<typeof studentTraining>;
type PseudoLabelInput = z.input<typeof pseudoLabelConfig>;

/** Settings of all experiments: chosen once, on validation, for the demo (docs/recipe.md). */
const COMMON = { optimizer: { learningRate: 0.2 }, labelSmoothing: 0 } as const;

/** The part of a scale that every recipe needs. */
type Basis = Pick<Scale, 'steps' | 'precision'>;
type Sized = Basis & Pick<Scale, 'network'>;

const SHIFT = 0.05;

/** Standard augmentation: shift by a pixel or two, and flip. */
export const WEAK: AugmentationConfig = augmentationConfig.parse({ shift: SHIFT, policy: { kind: 'none' } });

/** The students' noise: RandAugment and some mixup. */
export const STRONG: AugmentationConfig = augmentationConfig.parse({
  shift: SHIFT,
  mixup: 0.2,
  policy: { kind: 'rand-augment', numOps: 2, magnitude: 5, growth: 2 },
});

export const NO_AUGMENTATION: AugmentationConfig = augmentationConfig.parse({
  flip: 0,
  shift: 0,
  policy: { kind: 'none' },
});

/** Batch size without pseudo-labels; docs/recipe.md shows the effect of smaller batches. */
const ROWS = 128;

/** Supervised training on the labelled images. */
export function supervised(
  { steps, network, precision }: Sized,
  view: View,
  augmentation: AugmentationConfig,
): Recipe {
  const training = teacherTraining.parse({
    ...COMMON,
    precision,
    steps: view.labels === 'all' ? steps.ceiling : steps.supervised,
    batchSize: ROWS,
    augmentation,
  });
  return { view, network, training: asTrainingSpec(training), generation: 0 };
}

type ConsistencyInput = NonNullable<StudentInput>['consistency'];

/** Consistency training: the network pseudo-labels each batch itself. */
export function consistent(
  { steps, network, precision }: Sized,
  view: View,
  consistency: ConsistencyInput,
  augmentation: AugmentationConfig,
): Recipe {
  const training = teacherTraining.parse({
    ...COMMON,
    precision,
    steps: steps.consistency,
    batchSize: ROWS,
    augmentation,
    consistency,
  });
  return { view, network, training: asTrainingSpec(training), generation: 0 };
}

/** The weak view has the augmentation of the labelled images. */
const WEAK_VIEW = { shift: SHIFT };

/** Lee 2013. */
export const LEE: ConsistencyInput = { kind: 'pseudo-label', ratio: 1, weak: WEAK_VIEW };

type ThresholdInput = NonNullable<NonNullable<ConsistencyInput>['threshold']>;

/** FixMatch with one of the threshold rules. Trainings are short here, so averages forget faster than the papers' 0.999. */
export function fixMatch(threshold: ThresholdInput, alignment = false): ConsistencyInput {
  return {
    kind: 'fixmatch',
    ratio: 1,
    threshold: { momentum: 0.99, ...threshold },
    alignment,
    weak: WEAK_VIEW,
    strong: { shift: SHIFT, policy: { kind: 'rand-augment', numOps: 2, magnitude: 9 } },
  };
}

/** Changes to the bench's standard student. */
export interface StudentChanges {
  readonly training?: StudentInput;
  readonly pseudoLabels?: PseudoLabelInput;
  readonly network?: Recipe['network'];
  readonly noised?: boolean;
}

const HARD_LABELS: PseudoLabelConfig = pseudoLabelConfig.parse({ kind: 'hard', threshold: 0.5 });

/**
 * The next generation: a student on pseudo-labels of the teacher with the highest validation accuracy, with noise that
 * grows with the generation.
 */
export function student(
  { steps, network, precision }: Sized,
  teachers: readonly [Recipe, ...Recipe[]],
  changes: StudentChanges = {},
): Recipe {
  const generation = 1 + Math.max(...teachers.map((teacher) => teacher.generation));
  const training = studentTraining.parse({
    ...COMMON,
    precision,
    steps: steps.student,
    batchSize: ROWS / 2,
    augmentation: { ...STRONG, policy: policyOfGeneration(STRONG.policy, generation) },
    dropout: 0.1,
    stochasticDepth: 0,
    ...changes.training,
  });
  return {
    view: teachers[0].view,
    network: changes.network ?? network,
    training,
    generation,
    labelledBy: {
      teachers,
      pseudoLabels: pseudoLabelConfig.parse({ ...HARD_LABELS, ...changes.pseudoLabels }),
      ...(changes.noised && { noised: true }),
    },
  };
}

/** Distillation of a teacher into a smaller student, on labelled and unlabelled images. */
export function distilled(
  { steps, smaller, precision }: Basis & Pick<Scale, 'smaller'>,
  teacher: Recipe,
  objective: Partial<DistillationSpec> = {},
): Recipe {
  const training = studentTraining.parse({
    ...COMMON,
    precision,
    steps: steps.consistency,
    batchSize: ROWS / 4,
    // Mixup: the teacher's soft labels tell most between classes.
    augmentation: { ...WEAK, mixup: 1 },
    dropout: 0,
    stochasticDepth: 0,
  });
  return {
    view: teacher.view,
    network: smaller,
    training,
    generation: teacher.generation + 1,
    taughtBy: {
      teachers: [teacher],
      objective: {
        kind: 'distill',
        alpha: 0.1,
        temperature: 4,
        targets: 'soft',
        views: 'same',
        ...objective,
      },
    },
  };
}

/** Fine-tuning as `transfer` does it: fits a new last layer, then trains all layers. */
export function fineTuned({ steps, precision }: Basis, from: Recipe, view: View): Recipe {
  const training = transferConfig.shape.training.parse({
    precision,
    steps: steps.small,
    labelSmoothing: 0,
    augmentation: WEAK,
  });
  return {
    view,
    network: from.network,
    training: asTrainingSpec(training),
    generation: from.generation + 1,
    start: { from, head: 'fitted' },
  };
}

/**
 * Extension by new classes as `extend` does it.
 * @param view the new classes after the old ones; both for `joint`
 */
export function extended({ steps, precision }: Basis, from: Recipe, view: View, way: ExtensionName): Recipe {
  const training = extendConfig.shape.training.parse({
    precision,
    steps: steps.small,
    augmentation: WEAK,
  });
  const frozen = headOnly(training.layers);
  const objective: RetentionSpec = {
    kind: 'retain',
    oldClasses: from.view.classes!.length,
    temperature: 2,
    weight: way === 'retention' ? 1 : 0,
    heads: 'separate',
    ...(way === 'head-only' && { oldOutputs: 'held' }),
    views: 'same',
  };
  const taughtBy = { teachers: way === 'retention' ? [from] : [], objective };
  return {
    view,
    network: from.network,
    training: asTrainingSpec(way === 'head-only' ? { ...training, layers: frozen } : training),
    generation: from.generation + 1,
    start: { from, head: 'extended' },
    ...(way !== 'joint' && { taughtBy }),
  };
}
