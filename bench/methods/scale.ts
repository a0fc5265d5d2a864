import type { ModelSpec } from '../../domain/config/model.js';
import type { TrainingSpec } from '../../domain/config/training.js';

/** How large the bench is: the same experiments, longer or shorter. */
export interface Scale {
  readonly name: 'full' | 'short';
  readonly seeds: readonly number[];
  /** Labelled training images of each class, ascending. */
  readonly budgets: readonly number[];
  /** Optimizer steps by kind of training. */
  readonly steps: {
    readonly supervised: number;
    readonly student: number;
    /** Of the ablation's students, which are larger and many. */
    readonly ablation: number;
    readonly consistency: number;
    /** Of one consistent training under the largest budget: whether the others are too short. */
    readonly long: number;
    /** Of one more, for what even longer training is worth. */
    readonly longest: number;
    readonly ceiling: number;
    /** Of transfer and of classes that are added: little to learn. */
    readonly small: number;
  };
  /** Trials of the policy search, the default beside them. */
  readonly trials: number;
  /** Test images that are corrupted. */
  readonly corrupted: number;
  /** The size that methods are compared at. */
  readonly network: ModelSpec;
  /** A larger student: four times the weights in the full version. */
  readonly larger: ModelSpec;
  /** A student of less than a tenth of the larger one's weights. */
  readonly smaller: ModelSpec;
  /** Of large operations in all trainings. */
  readonly precision: TrainingSpec['precision'];
}

/** The largest budget of labels. */
export function mostLabels({ budgets }: Pick<Scale, 'budgets'>): number {
  return budgets.at(-1)!;
}

/** What a scale is made for. */
export interface ScaleNeeds {
  /** The longer one of a picture, in pixels. */
  readonly side: number;
  readonly seeds: number;
  readonly budgets: readonly number[];
  readonly precision: TrainingSpec['precision'];
}

/** Small images are halved once, large ones as `auto` has it. */
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

/** One seed, small networks, a tenth of the steps: whether everything works, and roughly in which order the methods are. */
export function shortScale(needs: ScaleNeeds): Scale {
  const { side, budgets } = needs;
  return {
    ...fullScale(needs),
    name: 'short',
    // The least and the most labels.
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
