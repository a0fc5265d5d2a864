/**
 * Distribution alignment over all images at once (ReMixMatch, Berthelot et al. 2020, section 3.1): each probability
 * times its class's share among the labels, over its mean among the predictions, normalised.
 * @param probabilities [images, classes]
 * @param labelsPerClass labelled images of each class
 */
export function alignDistribution(
  probabilities: Float32Array,
  labelsPerClass: readonly number[],
): Float32Array {
  const classes = labelsPerClass.length;
  const said = new Float64Array(classes);
  probabilities.forEach((probability, index) => {
    said[index % classes]! += probability;
  });
  // Means and shares differ from sums and counts by factors that the normalisation takes out.
  const ratios = labelsPerClass.map((count, label) => (said[label]! > 0 ? count / said[label]! : 0));
  const result = new Float32Array(probabilities.length);
  for (let start = 0; start < probabilities.length; start += classes) {
    const row = ratios.map((ratio, label) => ratio * probabilities[start + label]!);
    const sum = row.reduce((total, value) => total + value, 0);
    row.forEach((value, label) => {
      result[start + label] = sum > 0 ? value / sum : probabilities[start + label]!;
    });
  }
  return result;
}
