/**
 * @param probabilities [images, classes] row by row
 * @param labels [images]
 * @throws RangeError when the lengths don't match or there are no labels
 */
export function expectPredictions(probabilities: Float32Array, labels: Int32Array, classes: number): void {
  if (labels.length > 0 && probabilities.length === labels.length * classes) return;
  throw new RangeError(
    `probabilities: received ${probabilities.length} values for ${labels.length} labels, expected ${classes} for each of at least one`,
  );
}
