/** A tensor outside TensorFlow. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: 'float32' | 'int32';
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A checkpoint: a training that continues from it ends with the same bits as one that was never interrupted. */
export interface TrainingState {
  readonly step: number;
  /** Weights, their moving average, optimizer slots, best weights so far. */
  readonly tensors: readonly StoredTensor[];
  /** Shapes of the variables, best step and accuracy, seconds spent, series so far. Plain JSON. */
  readonly notes: Readonly<Record<string, unknown>>;
}
