export interface ClassProbability {
  readonly class: string;
  readonly probability: number;
}

/**
 * Returns the most probable classes of one picture, the most probable first.
 * @param probabilities [classes]
 * @param top the largest number of classes to return
 * @param only indices of the classes to consider; all by default
 */
export function rankClasses(
  probabilities: Float32Array,
  classes: readonly string[],
  top: number,
  only: readonly number[] = classes.map((_, number) => number),
): ClassProbability[] {
  return only
    .map((number) => ({ class: classes[number]!, probability: probabilities[number]! }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
