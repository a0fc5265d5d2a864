import type { TensorFlow } from '../../../engine/tensorflow.js';
import type { RowGroups } from '../batches/batch.js';
import type { Matrix, Tensors } from '../tensors.js';

/** The inputs of the loss of a step, or of one replica's part of it. */
export interface LossInputs {
  /** [rows, classes] logits of the network in training. */
  readonly logits: Matrix;
  /** [rows, width] the inputs of the last layer, for an objective that needs them. */
  readonly features?: Matrix;
  /** `targets` [rows, classes], further values of each row, and the step's scalars. */
  readonly inputs: Tensors;
  /** The objective's memory. */
  readonly memory: Tensors;
  /** Number of rows of each kind in the whole step, in this order. */
  readonly groups: RowGroups;
}

/** The loss of a training. Its functions are compiled: pure, of tensors, and never reading values. */
export interface Objective {
  /** Initial values of the state that it keeps between steps. Checkpoints contain that state. */
  readonly memory: Readonly<Record<string, Float32Array>>;
  /** Weights of other networks that it reads; they are not trained. */
  readonly variables?: readonly TensorFlow.Variable[];
  /** Number of outputs of the network, from the first, whose weights are not trained; 0 by default. */
  readonly frozenOutputs?: number;
  /** Whether its loss needs {@link LossInputs.features}. */
  readonly needsFeatures?: boolean;
  /** Returns inputs of the loss that change with the step, 0-based. */
  scalars(step: number): Readonly<Record<string, number>>;
  /** Returns the loss, the next memory, and metrics to report. The losses of replicas are added up. */
  loss(inputs: LossInputs): {
    readonly loss: TensorFlow.Scalar;
    readonly memory?: Tensors;
    readonly measures?: Tensors;
  };
}
