/**
 * Aligns the class distribution over all images at once (ReMixMatch, Berthelot et al. 2020, section 3.1): multiplies
 * each probability by its class's share among the labels, divides it by the mean prediction, and renormalises.
 * @param probabilities [images, classes]
 * @param labelsPerClass labelled images of each class
 */
export function alignDistribution(
  probabilities: Float32Array,
  labelsPerClass: readonly number[],
): Float32Array {
  const classes = labelsPerClass.length;
  const predicted = new Float64Array(classes);
  probabilities.forEach((probability, index) => {
    predicted[index % classes]! += probability;
  });
  // Sums and counts serve as means and shares: the normalisation cancels the factors.
  const ratios = labelsPerClass.map((count, label) =>
    predicted[label]! > 0 ? count / predicted[label]! : 0,
  );
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
