/**
 * Returns the index of the largest value; the first one in a tie.
 * @param first start of the range
 * @param end end of the range, exclusive
 */
export function argmax(values: ArrayLike<number>, first = 0, end = values.length): number {
  let best = first;
  for (let at = first + 1; at < end; at++) if (values[at]! > values[best]!) best = at;
  return best;
}

/** Returns the most probable class of each row of [images, classes] probabilities; the first one in a tie. */
export function predictedClasses(probabilities: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, image) => {
    const start = image * classes;
    return argmax(probabilities, start, start + classes) - start;
  });
}
