import type { TensorFlow } from '../../../engine/tensorflow.js';
import type { RowGroups } from '../batches/batch.js';

type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

/** What a step, or one replica's part of it, knows when its loss is taken. */
export interface LossInputs {
  /** [rows, classes] logits of the network in training. */
  readonly logits: TensorFlow.Tensor2D;
  /** [rows, width] what the last layer decides by, where the objective looks at it. */
  readonly features?: TensorFlow.Tensor2D;
  /** `targets` [rows, classes], more of each row by name, and the step's scalars by name. */
  readonly inputs: Tensors;
  /** What the objective remembers, by name. */
  readonly memory: Tensors;
  /** How many rows of the whole step are of which kind, in this order. */
  readonly groups: RowGroups;
}

/** What a training makes smaller. Its functions are compiled: pure, of tensors, without a look at values. */
export interface Objective {
  /** What it remembers from step to step: first values by name. Checkpoints keep it. */
  readonly memory: Readonly<Record<string, Float32Array>>;
  /** What it reads beside the network in training: weights of other networks, which stay as they are. */
  readonly variables?: readonly TensorFlow.Variable[];
  /** So many outputs of the network, the first ones, stay as they are; none where absent. */
  readonly frozenOutputs?: number;
  /** Whether its loss needs {@link LossInputs.features}. */
  readonly needsFeatures?: boolean;
  /** Numbers that change from step to step, 0-based. */
  scalars(step: number): Readonly<Record<string, number>>;
  /** The loss, what is remembered of the step, and numbers that people may see; losses of parts are added up. */
  loss(scored: LossInputs): {
    readonly loss: TensorFlow.Scalar;
    readonly memory?: Tensors;
    readonly measures?: Tensors;
  };
}
