import { among } from '../evaluation/among.js';

/**
 * Probabilities among the new classes alone: those of old ones are 0, each row sums to 1 again.
 * @param probabilities [images, classes]
 * @param oldClasses how many of the classes, the first ones, are old
 */
export function newClassesOnly(
  probabilities: Float32Array,
  classes: number,
  oldClasses: number,
): Float32Array {
  const own = Array.from({ length: classes - oldClasses }, (_, index) => oldClasses + index);
  return among(probabilities, classes, own);
}
