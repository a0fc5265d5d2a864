/** Selected pseudo-labels: the student's unlabelled images, their targets, and how often each image is repeated. */
export interface PseudoLabels {
  readonly kind: 'soft' | 'hard';
  readonly classes: number;
  /** Kept images, by position among the unlabelled ones. */
  readonly positions: Uint32Array;
  /** [kept, classes] target probabilities, each row summing to 1. */
  readonly targets: Float32Array;
  /** Training examples: indices into the kept images; a repeated image occurs several times. */
  readonly examples: Uint32Array;
  /** [kept] loss weight of each image, from 0 to 1; equal weights if absent. */
  readonly weights?: Float32Array;
}
