export interface Guess {
  readonly class: string;
  readonly probability: number;
}

/**
 * The most probable classes of one picture, the most probable first.
 * @param probabilities [classes]
 * @param top how many
 */
export function rank(probabilities: Float32Array, classes: readonly string[], top: number): Guess[] {
  return classes
    .map((name, index) => ({ class: name, probability: probabilities[index]! }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
