/**
 * Sets the probabilities of all other classes to 0 and renormalises each row to sum 1.
 * @param probabilities [images, classes] row by row; not changed
 * @param chosen class numbers, each once
 * @throws RangeError when `chosen` is empty or has a number outside 0 … classes - 1
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
    // If all chosen probabilities underflow to 0, the row becomes uniform over them.
    for (const number of chosen) {
      changed[row + number] = sum > 0 ? probabilities[row + number]! / sum : 1 / chosen.length;
    }
  }
  return changed;
}
