import { restrictToClasses } from '../evaluation/restrict-to-classes.js';

/**
 * Probabilities among the new classes alone: those of old ones are 0, each row sums to 1 again.
 * @param probabilities [images, classes]
 * @param oldClasses how many of the classes, the first ones, are old
 */
export function amongNew(probabilities: Float32Array, classes: number, oldClasses: number): Float32Array {
  const own = Array.from({ length: classes - oldClasses }, (_, index) => oldClasses + index);
  return restrictToClasses(probabilities, classes, own);
}
