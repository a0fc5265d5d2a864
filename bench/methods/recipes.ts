import type { z } from 'zod';
import { type AugmentationConfig, augmentationConfig, grown } from '../../domain/config/augmentation.js';
import { type PseudoLabelConfig, pseudoLabelConfig } from '../../domain/config/pseudo-labels.js';
import {
  asTrainingSpec,
  studentTraining,
  type TrainingSpec,
  teacherTraining,
} from '../../domain/config/training.js';
import type { Recipe, View } from './recipe.js';
import type { Scale } from './scale.js';

type StudentInput = z.input<typeof studentTraining>;
type PseudoLabelInput = z.input<typeof pseudoLabelConfig>;

/** What stays the same through all experiments: chosen once, on validation, for the demo (docs/recipe.md). */
const COMMON = { optimizer: { learningRate: 0.2 }, labelSmoothing: 0 } as const;

const SHIFT = 0.05;

/** A move by a pixel or two, mirrored or not: what anybody does to pictures. */
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

/** Rows of a step on labels alone; students have as many, a quarter of them labelled. */
const ROWS = 128;

function supervisedTraining(steps: number, augmentation: AugmentationConfig): TrainingSpec {
  return asTrainingSpec(teacherTraining.parse({ ...COMMON, steps, batchSize: ROWS, augmentation }));
}

/** Labels alone. */
export function supervised(
  { steps, network }: Pick<Scale, 'steps' | 'network'>,
  view: View,
  augmentation: AugmentationConfig,
): Recipe {
  const length = view.labels === 'all' ? steps.ceiling : steps.supervised;
  return { view, network, training: supervisedTraining(length, augmentation), generation: 0 };
}

/** What may deviate from the student of this bench. */
export interface StudentChanges {
  readonly training?: StudentInput;
  readonly pseudoLabels?: PseudoLabelInput;
  readonly network?: Recipe['network'];
  readonly noised?: boolean;
}

export const HARD_LABELS: PseudoLabelConfig = pseudoLabelConfig.parse({ kind: 'hard', threshold: 0.5 });

/** The next generation: a student of the teacher's pseudo-labels, under noise that grows with the generation. */
export function student({ steps, network }: Scale, teacher: Recipe, changes: StudentChanges = {}): Recipe {
  const generation = teacher.generation + 1;
  const training = studentTraining.parse({
    ...COMMON,
    steps: steps.student,
    batchSize: ROWS / 4,
    augmentation: { ...STRONG, policy: grown(STRONG.policy, generation) },
    dropout: 0.1,
    stochasticDepth: 0,
    ...changes.training,
  });
  return {
    view: teacher.view,
    network: changes.network ?? network,
    training,
    generation,
    labelledBy: {
      teacher,
      pseudoLabels: pseudoLabelConfig.parse({ ...HARD_LABELS, ...changes.pseudoLabels }),
      ...(changes.noised && { noised: true }),
    },
  };
}
