/** How many rows of a batch are of which kind; they follow one another in this order. */
export interface RowGroups {
  readonly labelled: number;
  /** With pseudo-labels, or with another model's responses. */
  readonly unlabelled: number;
  /** Unlabelled images, little augmented, that the network labels in the step. */
  readonly weak?: number;
  /** The same images in the same order, much augmented. */
  readonly strong?: number;
}

/** All rows of a batch. */
export function rowsInStep(groups: RowGroups): number {
  return Object.values(groups).reduce((sum: number, rows: number) => sum + rows, 0);
}

/** What one step trains on. */
export interface Batch {
  readonly groups: RowGroups;
  /** [rows, height, width, channels] uint8 */
  readonly pixels: Uint8Array;
  /**
   * [rows, classes] target probabilities. They sum to less than 1 where a row counts for less: to a pseudo-label's
   * weight, or to 0 where nobody says what the image is.
   */
  readonly targets: Float32Array;
  /** More of each row, by name: [rows, any width]. */
  readonly more?: Readonly<Record<string, Float32Array>>;
}

/** Where batches come from. */
export interface BatchSource {
  readonly groups: RowGroups;
  /** The batch of a step, 0-based: the same at every call. It is the caller's until the next call. */
  take(step: number): Promise<Batch>;
  /** Seconds that calls have waited for their batch so far. */
  readonly waitedSeconds: number;
  dispose(): Promise<void>;
}
