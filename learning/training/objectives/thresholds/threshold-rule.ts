import type { TensorFlow } from '../../../../engine/tensorflow.js';
import type { Matrix, Tensors, Vector } from '../../tensors.js';

/** The network's predictions for a step's unlabelled images. */
export interface UnlabelledPredictions {
  /** [rows, classes] */
  readonly probabilities: Matrix;
  /** [rows] probabilities of the most probable classes */
  readonly confidences: Vector;
  /** [rows, classes] one-hot labels */
  readonly chosen: Matrix;
  /** [rows] index of each image among the unlabelled ones, or their number for rows to ignore; for FlexMatch */
  readonly places?: Vector;
}

/** The numbers of images that a threshold rule depends on. */
export interface ImageCounts {
  /** Labelled images of each class. */
  readonly labelsPerClass: readonly number[];
  /** Number of unlabelled images. */
  readonly unlabelled: number;
}

export interface RowWeights {
  readonly weights: Vector;
  readonly memory: Tensors;
  /** A further loss of the rule, of the logits [rows, classes] that learn; with its gradient. */
  readonly loss?: (logits: Matrix) => TensorFlow.Scalar;
}

/**
 * Weights each unlabelled image in the loss. Its functions are compiled, see Objective; no gradient flows through them.
 */
export interface ThresholdRule {
  /** Initial values of the state that it keeps between steps. */
  readonly memory: Readonly<Record<string, Float32Array>>;
  /** Returns weights [rows] from 0 to 1, and the next memory. */
  weigh(predictions: UnlabelledPredictions, memory: Tensors): RowWeights;
}
