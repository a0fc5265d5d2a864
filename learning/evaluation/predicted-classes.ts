/**
 * Where the largest of some values stands; of equals the first.
 * @param first where to begin
 * @param end where to stop, that place not included
 */
export function argmax(values: ArrayLike<number>, first = 0, end = values.length): number {
  let best = first;
  for (let at = first + 1; at < end; at++) if (values[at]! > values[best]!) best = at;
  return best;
}

/** The most probable class of each row of [images, classes] probabilities; the first of equals. */
export function predictedClasses(probabilities: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, image) => {
    const start = image * classes;
    return argmax(probabilities, start, start + classes) - start;
  });
}
