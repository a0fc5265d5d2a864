/** What one step trains on: labelled images first, then pseudo-labelled ones. */
export interface Batch {
  readonly size: number;
  /** [size, height, width, channels] uint8 */
  readonly pixels: Uint8Array;
  /** [size, classes] target probabilities */
  readonly targets: Float32Array;
}

/** Where batches come from. */
export interface BatchSource {
  readonly labelledPerStep: number;
  readonly unlabelledPerStep: number;
  /** The batch of a step, 0-based: the same at every call. It is the caller's until the next call. */
  take(step: number): Promise<Batch>;
  /** Seconds that calls have waited for their batch so far. */
  readonly waitedSeconds: number;
  dispose(): Promise<void>;
}
