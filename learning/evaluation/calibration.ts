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
 * Reliability before and after a temperature.
 * @param probabilities [images, classes] as the network gives them, at temperature 1
 * @param temperature the model's; where it is absent, the one that these images themselves tell
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
