/**
 * Probabilities among the new classes alone: those of old ones are 0, each row sums to 1 again.
 * @param probabilities [images, classes]
 * @param oldClasses how many of the classes, the first ones, are old
 */
export function amongNew(probabilities: Float32Array, classes: number, oldClasses: number): Float32Array {
  const among = new Float32Array(probabilities.length);
  for (let row = 0; row < probabilities.length; row += classes) {
    const first = row + oldClasses;
    const own = probabilities.subarray(first, row + classes);
    const sum = own.reduce((total, one) => total + one, 0);
    // Where all of them are beyond what numbers can hold, nothing tells them apart.
    among.set(
      own.map((one) => (sum > 0 ? one / sum : 1 / own.length)),
      first,
    );
  }
  return among;
}
