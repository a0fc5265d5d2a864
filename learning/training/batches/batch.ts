/** Number of rows of each kind in a batch, in this order. */
export interface RowGroups {
  readonly labelled: number;
  /** With pseudo-labels, or with another model's responses. */
  readonly unlabelled: number;
  /** Weakly augmented unlabelled images, which the network labels in the step. */
  readonly weak?: number;
  /** The same images in the same order, strongly augmented. */
  readonly strong?: number;
}

/** Returns the number of rows of a batch. */
export function rowsInStep(groups: RowGroups): number {
  return Object.values(groups).reduce((sum: number, rows: number) => sum + rows, 0);
}

/** The images and targets of one step. */
export interface Batch {
  readonly groups: RowGroups;
  /** [rows, height, width, channels] uint8 */
  readonly pixels: Uint8Array;
  /**
   * [rows, classes] target probabilities. A row sums to less than 1 if it counts for less: to the weight of its
   * pseudo-label, or to 0 without a label.
   */
  readonly targets: Float32Array;
  /** Further values of each row, by name: [rows, any width]. */
  readonly more?: Readonly<Record<string, Float32Array>>;
}

/** The batches of a training, by step. */
export interface BatchSource {
  readonly groups: RowGroups;
  /** Returns the batch of a step, 0-based; the same at every call. The next call may overwrite it. */
  take(step: number): Promise<Batch>;
  /** Seconds that calls have waited for their batches so far. */
  readonly waitedSeconds: number;
  dispose(): Promise<void>;
}
