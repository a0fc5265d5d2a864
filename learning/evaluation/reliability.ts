import { predictedClasses } from './predicted-classes.js';

/** Equal-width bins of confidence, as in Guo et al. 2017. */
export const CALIBRATION_BINS = 15;

/** The images whose confidence is in (from, to]: a bar of a reliability diagram (Guo et al. 2017, figure 1). */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly images: number;
  /** Mean over the bin's images; 0 for an empty bin. */
  readonly confidence: number;
  /** Share of the bin's images that are classified correctly; 0 for an empty bin. */
  readonly accuracy: number;
}

/**
 * Returns confidence and accuracy in 15 equal-width bins of confidence.
 * @param confidences [images] the largest probability of each image
 * @param correct [images] whether the predicted class is the label
 */
export function reliabilityBins(confidences: Float32Array, correct: readonly boolean[]): ReliabilityBin[] {
  const sums = Array.from({ length: CALIBRATION_BINS }, () => ({ images: 0, confidence: 0, correct: 0 }));
  confidences.forEach((confidence, image) => {
    // Bins are open below and closed above, as in the paper; confidence 0 joins the first.
    const number = Math.min(CALIBRATION_BINS, Math.max(1, Math.ceil(confidence * CALIBRATION_BINS)));
    const sum = sums[number - 1]!;
    sum.images++;
    sum.confidence += confidence;
    sum.correct += correct[image] ? 1 : 0;
  });
  return sums.map((sum, index) => ({
    from: index / CALIBRATION_BINS,
    to: (index + 1) / CALIBRATION_BINS,
    images: sum.images,
    confidence: sum.images === 0 ? 0 : sum.confidence / sum.images,
    accuracy: sum.images === 0 ? 0 : sum.correct / sum.images,
  }));
}

/**
 * Expected calibration error: mean of |accuracy - confidence| over the bins, weighted by their images (Guo et al.
 * 2017, equation 3). 0 without images.
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const images = bins.reduce((sum, bin) => sum + bin.images, 0);
  const gap = bins.reduce((sum, bin) => sum + bin.images * Math.abs(bin.accuracy - bin.confidence), 0);
  return images === 0 ? 0 : gap / images;
}

/** How well a model's confidence matches its accuracy on some images. */
export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** See {@link expectedCalibrationError}. */
  readonly calibrationError: number;
  /** Mean negative log-likelihood of the labels, in nats. */
  readonly loss: number;
}

/** Lower bound of probabilities in the loss. */
const MIN_PROBABILITY = 1e-12;

/**
 * Measures accuracy, loss and calibration on labelled images.
 * @param probabilities [images, classes] row by row
 * @param labels [images] class numbers, of at least one image
 * @param predicted [images] the most probable classes, if already computed
 */
export function measureReliability(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
  predicted = predictedClasses(probabilities, classes),
): Reliability & { readonly accuracy: number } {
  const images = labels.length;
  const correct = Array.from(labels, (label, image) => predicted[image] === label);
  const confidences = Float32Array.from(
    labels,
    (_, image) => probabilities[image * classes + predicted[image]!]!,
  );
  const bins = reliabilityBins(confidences, correct);
  let loss = 0;
  labels.forEach((label, image) => {
    loss -= Math.log(Math.max(probabilities[image * classes + label]!, MIN_PROBABILITY));
  });
  return {
    bins,
    calibrationError: expectedCalibrationError(bins),
    loss: loss / images,
    accuracy: correct.filter(Boolean).length / images,
  };
}
