import { predictedClasses } from './evaluate.js';
import { calibrationErrorOf, type ReliabilityBin, reliabilityBins } from './reliability.js';
import { fitTemperature, tempered } from './temperature.js';

/** How well a model's confidence says how often it is right, on some images. */
export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error, see {@link calibrationErrorOf}. */
  readonly calibrationError: number;
  /** Mean negative log-likelihood of the right classes. */
  readonly loss: number;
}

/** The same before and after its temperature is applied. */
export interface Calibration {
  readonly images: number;
  readonly accuracy: number;
  /** See {@link fitTemperature}. */
  readonly temperature: number;
  readonly before: Reliability;
  readonly after: Reliability;
}

/** As {@link evaluate} measures losses: a probability of 0 counts as this. */
const LEAST = 1e-12;

/**
 * @param probabilities [images, classes] row by row
 * @param labels [images] class numbers
 */
export function reliabilityOf(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
): Reliability & { readonly accuracy: number } {
  const images = labels.length;
  const predicted = predictedClasses(probabilities, classes);
  const correct = Array.from(labels, (label, image) => predicted[image] === label);
  const confidences = Float32Array.from(
    labels,
    (_, image) => probabilities[image * classes + predicted[image]!]!,
  );
  const bins = reliabilityBins(confidences, correct);
  let loss = 0;
  labels.forEach((label, image) => {
    loss -= Math.log(Math.max(probabilities[image * classes + label]!, LEAST));
  });
  return {
    bins,
    calibrationError: calibrationErrorOf(bins),
    loss: loss / images,
    accuracy: correct.filter(Boolean).length / images,
  };
}

/**
 * Reliability before and after a temperature.
 * @param probabilities [images, classes] as the network gives them, at temperature 1
 * @param temperature the model's; where it is absent, the one that these images themselves tell
 * @throws RangeError when there are no images, or the lengths don't match
 */
export function calibrationOf(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
  temperature = fitTemperature(probabilities, labels, classes),
): Calibration {
  if (labels.length === 0 || probabilities.length !== labels.length * classes) {
    throw new RangeError(
      `probabilities: received ${probabilities.length} values for ${labels.length} labels, expected ${classes} for each of at least one`,
    );
  }
  const { accuracy, ...before } = reliabilityOf(probabilities, labels, classes);
  const { accuracy: _, ...after } = reliabilityOf(
    tempered(probabilities, temperature, classes),
    labels,
    classes,
  );
  return { images: labels.length, accuracy, temperature, before, after };
}
