/** Selected pseudo-labels: which images a student sees, how often, and as what. */
export interface PseudoLabels {
  readonly kind: 'soft' | 'hard';
  readonly classes: number;
  /** Kept images, by position among the unlabelled ones. */
  readonly positions: Uint32Array;
  /** [kept, classes] target probabilities, each row summing to 1. */
  readonly targets: Float32Array;
  /** Training examples: indices into the kept images; a repeated image stands here several times. */
  readonly examples: Uint32Array;
  /** [kept] how much each image counts, from 0 to 1; all the same where absent. */
  readonly weights?: Float32Array;
}
