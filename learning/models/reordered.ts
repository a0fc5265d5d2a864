/**
 * Returns a model's predictions in another order of the classes.
 * @param probabilities [images, classes] row by row; not changed
 * @param outputs [classes] the model's output for each class, each once
 */
export function reordered(probabilities: Float32Array, outputs: readonly number[]): Float32Array {
  const classes = outputs.length;
  const changed = new Float32Array(probabilities.length);
  for (let row = 0; row < probabilities.length; row += classes) {
    for (let at = 0; at < classes; at++) changed[row + at] = probabilities[row + outputs[at]!]!;
  }
  return changed;
}
