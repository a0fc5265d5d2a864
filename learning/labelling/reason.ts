import type { ChosenImage, LabelChoice } from '../../domain/methods/label-next.js';
import { percentText } from '../../domain/quantities.js';

/** Tells the person who labels an image why it was chosen. */
export function reasonFor(
  by: LabelChoice['by'],
  image: Omit<ChosenImage, 'reason'>,
  classes: readonly string[],
): string {
  const { guess, confidence, second, secondConfidence, distance } = image;
  const classesText = `${classes[guess]} ${percentText(confidence, 0)} or ${classes[second]} ${percentText(secondConfidence, 0)}`;
  if (by === 'margin') return classesText;
  const distanceText = Number.isFinite(distance)
    ? `${distance.toPrecision(3)} from the nearest labelled or chosen`
    : 'none is labelled';
  return by === 'coverage' ? distanceText : `${classesText}; ${distanceText}`;
}
