import { restrictToClasses } from '../evaluation/restrict-to-classes.js';

/**
 * Returns probabilities over the new classes alone: those of old classes are 0, and each row sums to 1 again.
 * @param probabilities [images, classes]
 * @param oldClasses number of old classes, which come first
 */
export function newClassesOnly(
  probabilities: Float32Array,
  classes: number,
  oldClasses: number,
): Float32Array {
  const newClasses = Array.from({ length: classes - oldClasses }, (_, index) => oldClasses + index);
  return restrictToClasses(probabilities, classes, newClasses);
}
