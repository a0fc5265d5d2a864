export interface Guess {
  readonly class: string;
  readonly probability: number;
}

/**
 * The most probable classes of one picture, the most probable first.
 * @param probabilities [classes]
 * @param top how many
 * @param only numbers of the classes that are considered; all of them where absent
 */
export function rank(
  probabilities: Float32Array,
  classes: readonly string[],
  top: number,
  only: readonly number[] = classes.map((_, number) => number),
): Guess[] {
  return only
    .map((number) => ({ class: classes[number]!, probability: probabilities[number]! }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
