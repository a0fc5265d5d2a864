/** A tensor outside TensorFlow. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: 'float32' | 'int32';
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** Everything a training needs to go on as if it had never stopped. */
export interface TrainingState {
  readonly step: number;
  /** Weights, their averages, optimizer slots, best weights so far. */
  readonly tensors: readonly StoredTensor[];
  /** Small facts: best step and accuracy, seconds spent, series so far. Plain JSON. */
  readonly notes: Readonly<Record<string, unknown>>;
}
