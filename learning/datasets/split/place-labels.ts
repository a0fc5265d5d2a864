import { DataError } from '../../../domain/errors.js';

/** A packed image with the label that a label file gives it. */
export interface ImageLabel {
  /** Position among all packed images. */
  readonly image: number;
  /** Class number. */
  readonly label: number;
  readonly className: string;
  /** File and line of the label, for messages. */
  readonly place: string;
}

/**
 * Chooses the images that label files add to the labelled split: one for each pixel content that no split has yet.
 * @param known class of each pixel content that a split has, by fingerprint
 * @param field path of the setting that names the label files
 * @throws DataError when equal pixels get different labels
 */
export function placeLabels(
  labels: readonly ImageLabel[],
  known: ReadonlyMap<string, number>,
  fingerprints: readonly string[],
  field: string,
): Array<readonly [image: number, label: number]> {
  const placed = new Map<string, ImageLabel>();
  for (const one of labels) {
    const fingerprint = fingerprints[one.image]!;
    const earlier = placed.get(fingerprint);
    const label = known.get(fingerprint) ?? earlier?.label ?? one.label;
    if (label !== one.label) {
      const other = earlier
        ? `the label "${earlier.className}" in ${earlier.place}`
        : 'another label in the data already';
      throw new DataError(
        `${field}: ${one.place} gives the label "${one.className}" to a picture whose pixels have ${other}: correct or remove one of the two`,
      );
    }
    if (!known.has(fingerprint) && !earlier) placed.set(fingerprint, one);
  }
  return [...placed.values()].map(({ image, label }) => [image, label] as const);
}
