import { DataError } from '../../../domain/errors.js';

/** An image that a person has labelled. */
export interface AnsweredImage {
  readonly image: number;
  readonly label: number;
  /** Where the answer stands, for messages. */
  readonly place: string;
  readonly className: string;
}

/**
 * The images that answers bring to the labelled ones: each pixel content once, and none that is in a split already.
 * @param known class of the pixels that are
 * @throws DataError when two labels of the same pixels differ
 */
export function placeAnswers(
  answers: readonly AnsweredImage[],
  known: ReadonlyMap<string, number>,
  fingerprints: readonly string[],
): Array<readonly [image: number, label: number]> {
  const placed = new Map<string, AnsweredImage>();
  for (const answer of answers) {
    const fingerprint = fingerprints[answer.image]!;
    const earlier = placed.get(fingerprint);
    const label = known.get(fingerprint) ?? earlier?.label ?? answer.label;
    if (label !== answer.label) {
      const other = earlier
        ? `"${earlier.className}" in ${earlier.place}`
        : 'another one where it is labelled already';
      throw new DataError(
        `data.answers: ${answer.place} gives the label "${answer.className}" to a picture whose very pixels have ${other}: correct or remove one of the two`,
      );
    }
    if (!known.has(fingerprint) && !earlier) placed.set(fingerprint, answer);
  }
  return [...placed.values()].map(({ image, label }) => [image, label] as const);
}
