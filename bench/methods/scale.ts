import type { ModelSpec } from '../../domain/config/model.js';
import type { TrainingSpec } from '../../domain/config/training.js';

/** The size of the bench: the same experiments with more or fewer seeds, budgets and steps. */
export interface Scale {
  readonly name: 'full' | 'short';
  readonly seeds: readonly number[];
  /** Labelled training images of each class, ascending. */
  readonly budgets: readonly number[];
  /** Optimizer steps by kind of training. */
  readonly steps: {
    readonly supervised: number;
    readonly student: number;
    /** Fewer, because the ablation has many, larger students. */
    readonly ablation: number;
    readonly consistency: number;
    /** One consistency training with the largest budget: shows whether the others are too short. */
    readonly long: number;
    /** One more, for the effect of even longer training. */
    readonly longest: number;
    readonly ceiling: number;
    /** Transfer and added classes, which need few steps. */
    readonly small: number;
  };
  /** Trials of the policy search, besides the default policy. */
  readonly trials: number;
  /** Number of test images to corrupt. */
  readonly corrupted: number;
  /** The network that methods are compared with. */
  readonly network: ModelSpec;
  /** A larger student: four times the weights in the full version. */
  readonly larger: ModelSpec;
  /** A student of less than a tenth of the larger one's weights. */
  readonly smaller: ModelSpec;
  /** Precision of large operations in all trainings. */
  readonly precision: TrainingSpec['precision'];
}

/** The largest budget of labels. */
export function mostLabels({ budgets }: Pick<Scale, 'budgets'>): number {
  return budgets.at(-1)!;
}

/** The inputs of a scale. */
export interface ScaleNeeds {
  /** The longer side of an image in pixels. */
  readonly side: number;
  readonly seeds: number;
  readonly budgets: readonly number[];
  readonly precision: TrainingSpec['precision'];
}

/** The stem halves small images once, and large ones as `auto` decides. */
function residual(width: number, side: number): ModelSpec {
  return { kind: 'residual', width, blocksPerStage: 1, stages: 3, stem: side < 64 ? 'half' : 'auto' };
}

/** Three seeds by default; a night on two cores. */
export function fullScale({ side, seeds, budgets, precision }: ScaleNeeds): Scale {
  return {
    name: 'full',
    seeds: Array.from({ length: seeds }, (_, seed) => seed),
    budgets,
    steps: {
      supervised: 3000,
      student: 2000,
      ablation: 1500,
      consistency: 3000,
      long: 8000,
      longest: 20000,
      ceiling: 5000,
      small: 600,
    },
    trials: 12,
    corrupted: 1000,
    network: residual(16, side),
    larger: residual(32, side),
    smaller: residual(9, side),
    precision,
  };
}

/** One seed, small networks, a tenth of the steps: shows that everything works, and a rough order of the methods. */
export function shortScale(needs: ScaleNeeds): Scale {
  const { side, budgets } = needs;
  return {
    ...fullScale(needs),
    name: 'short',
    // The smallest and the largest budget.
    budgets: [...new Set([budgets[0]!, budgets.at(-1)!])],
    steps: {
      supervised: 300,
      student: 225,
      ablation: 225,
      consistency: 300,
      long: 450,
      longest: 600,
      ceiling: 450,
      small: 80,
    },
    trials: 4,
    corrupted: 200,
    network: residual(8, side),
    larger: residual(16, side),
    smaller: residual(5, side),
  };
}
