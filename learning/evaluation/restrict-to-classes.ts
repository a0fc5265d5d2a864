/**
 * Probabilities among some classes alone: those of the others are 0, each row sums to 1 again.
 * @param probabilities [images, classes] row by row; not changed
 * @param chosen numbers of the classes, each once
 * @throws RangeError when there is none, or one that is no class
 */
export function restrictToClasses(
  probabilities: Float32Array,
  classes: number,
  chosen: readonly number[],
): Float32Array {
  const isClass = (number: number) => Number.isInteger(number) && number >= 0 && number < classes;
  if (chosen.length === 0 || !chosen.every(isClass)) {
    throw new RangeError(`chosen: received [${chosen.join(', ')}], expected some of 0 to ${classes - 1}`);
  }
  const changed = new Float32Array(probabilities.length);
  for (let row = 0; row < probabilities.length; row += classes) {
    let sum = 0;
    for (const number of chosen) sum += probabilities[row + number]!;
    // Where all of them are beyond what numbers can hold, nothing tells them apart.
    for (const number of chosen) {
      changed[row + number] = sum > 0 ? probabilities[row + number]! / sum : 1 / chosen.length;
    }
  }
  return changed;
}
