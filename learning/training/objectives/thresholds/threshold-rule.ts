import type { TensorFlow } from '../../../../engine/tensorflow.js';

export type Vector = TensorFlow.Tensor1D;
export type Matrix = TensorFlow.Tensor2D;
export type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

/** What the network says of a step's unlabelled images. */
export interface UnlabelledPredictions {
  /** [rows, classes] */
  readonly probabilities: Matrix;
  /** [rows] of the most probable class */
  readonly confidences: Vector;
  /** [rows, classes] 1 at the class that would be learnt */
  readonly chosen: Matrix;
  /** [rows] each image's position among the unlabelled ones, their number for nowhere; of rules that ask for it */
  readonly places?: Vector;
}

/** Whom a rule judges. */
export interface ImageCounts {
  /** Labelled images of each class. */
  readonly labelsPerClass: readonly number[];
  /** Unlabelled images in all. */
  readonly unlabelled: number;
}

export interface RowWeights {
  readonly weights: Vector;
  readonly memory: Tensors;
  /** A loss of the answers [rows, classes] that comes with the rule; its gradient counts. */
  readonly loss?: (answers: Matrix) => TensorFlow.Scalar;
}

/**
 * How much each unlabelled image counts. Its functions are compiled, see Objective, and run outside of all gradients.
 */
export interface ThresholdRule {
  /** What it remembers from step to step: first values by name. */
  readonly memory: Readonly<Record<string, Float32Array>>;
  /** Weights [rows] from 0 to 1, and what is remembered of the step. */
  weigh(said: UnlabelledPredictions, memory: Tensors): RowWeights;
}
