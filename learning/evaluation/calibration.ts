import { expectPredictions } from './expect-predictions.js';
import { measureReliability, type Reliability } from './reliability.js';
import { applyTemperature, fitTemperature } from './temperature.js';

/** A model's reliability before and after its temperature is applied. */
export interface Calibration {
  readonly images: number;
  readonly accuracy: number;
  /** See {@link fitTemperature}. */
  readonly temperature: number;
  readonly before: Reliability;
  readonly after: Reliability;
}

/**
 * Measures reliability before and after temperature scaling.
 * @param probabilities [images, classes] of the network at temperature 1
 * @param temperature the model's; fitted on these images by default
 * @throws RangeError when there are no images, or the lengths don't match
 */
export function measureCalibration(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
  temperature = fitTemperature(probabilities, labels, classes),
): Calibration {
  expectPredictions(probabilities, labels, classes);
  const { accuracy, ...before } = measureReliability(probabilities, labels, classes);
  const { accuracy: _, ...after } = measureReliability(
    applyTemperature(probabilities, temperature, classes),
    labels,
    classes,
  );
  return { images: labels.length, accuracy, temperature, before, after };
}
