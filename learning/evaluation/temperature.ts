/** Temperature scaling: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 4.2. */

/** Bounds of fitted temperatures: values beyond them reflect the sample more than the model. */
export const MIN_TEMPERATURE = 0.1;
export const MAX_TEMPERATURE = 10;

/** With fewer images no temperature is fitted: a single error more or less would change it. */
export const MIN_IMAGES = 100;

/** The smallest normal float32 replaces probabilities that softmax rounded to 0. */
const MIN_PROBABILITY = 2 ** -126;
const TOLERANCE = 1e-10;
const MAX_ITERATIONS = 100;

/** Derivatives of the mean loss with respect to the sharpness 1 / T. */
interface Slope {
  readonly first: number;
  /** Never negative. */
  readonly second: number;
}

/**
 * Finds the temperature T that minimises the mean negative log-likelihood of softmax(logits / T): Newton's method on
 * the sharpness 1 / T, in which the loss is convex, inside a bracket that shrinks with every iteration. log p stands
 * for the logits; they differ by a constant per image.
 *
 * Where there is nothing to fit it is `otherwise`: fewer than {@link MIN_IMAGES} images, or none that
 * is classified wrongly (the loss would fall for ever as T goes to 0). Otherwise it is from {@link MIN_TEMPERATURE} to
 * {@link MAX_TEMPERATURE}. Above 1 the model was too sure of itself, below 1 not sure enough, as label smoothing makes it.
 *
 * @param probabilities [images, classes] row by row, of images that were not trained on
 * @param labels [images] class numbers
 * @param otherwise result if nothing can be fitted; 1 leaves probabilities unchanged
 * @throws RangeError when the lengths don't match
 */
export function fitTemperature(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
  otherwise = 1,
): number {
  const images = labels.length;
  if (classes < 1 || probabilities.length !== images * classes) {
    throw new RangeError(
      `probabilities: received ${probabilities.length} values for ${images} labels, expected ${classes} for each`,
    );
  }
  if (images < MIN_IMAGES) return otherwise;
  const logits = logitsOf(probabilities, classes);
  if (!someAreWrong(logits, labels, classes)) return otherwise;
  const slope = (sharpness: number) => slopeAt(sharpness, logits, labels, classes);
  if (slope(1 / MAX_TEMPERATURE).first >= 0) return MAX_TEMPERATURE;
  if (slope(1 / MIN_TEMPERATURE).first <= 0) return MIN_TEMPERATURE;
  let least = 1 / MAX_TEMPERATURE;
  let most = 1 / MIN_TEMPERATURE;
  let sharpness = 1;
  for (let round = 0; round < MAX_ITERATIONS; round++) {
    const { first, second } = slope(sharpness);
    if (first > 0) most = sharpness;
    else least = sharpness;
    const newton = sharpness - first / second;
    // Outside the bracket or with a flat loss (0 / 0): bisect the bracket geometrically.
    const next = newton >= least && newton <= most ? newton : Math.sqrt(least * most);
    const moved = Math.abs(next - sharpness);
    sharpness = next;
    if (first === 0 || moved <= TOLERANCE * sharpness) break;
  }
  return 1 / sharpness;
}

/** @throws RangeError when a temperature is not a positive number */
export function expectTemperature(temperature: number): void {
  if (temperature > 0 && temperature < Number.POSITIVE_INFINITY) return;
  throw new RangeError(`temperature: received ${temperature}, expected a number above 0`);
}

/**
 * Applies a temperature: p^(1/T), renormalised row by row. The order within a row stays.
 * @param probabilities [images, classes] row by row; not changed
 * @param temperature positive; at 1 the values themselves are returned
 * @throws RangeError when the temperature is not a positive number, or the values don't fill whole rows
 */
export function applyTemperature(
  probabilities: Float32Array,
  temperature: number,
  classes: number,
): Float32Array {
  expectTemperature(temperature);
  if (!(classes >= 1) || probabilities.length % classes !== 0) {
    throw new RangeError(
      `probabilities: received ${probabilities.length} values, expected a multiple of ${classes} classes`,
    );
  }
  if (temperature === 1) return probabilities;
  const logits = logitsOf(probabilities, classes);
  const changed = new Float32Array(probabilities.length);
  for (let start = 0; start < changed.length; start += classes) {
    let sum = 0;
    for (let index = start; index < start + classes; index++) sum += Math.exp(logits[index]! / temperature);
    for (let index = start; index < start + classes; index++) {
      changed[index] = Math.exp(logits[index]! / temperature) / sum;
    }
  }
  return changed;
}

/** log p minus the row's maximum, so that no exponential overflows. */
function logitsOf(probabilities: Float32Array, classes: number): Float64Array {
  const logits = Float64Array.from(probabilities, (probability) =>
    Math.log(Math.max(probability, MIN_PROBABILITY)),
  );
  for (let start = 0; start < logits.length; start += classes) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let index = start; index < start + classes; index++) largest = Math.max(largest, logits[index]!);
    for (let index = start; index < start + classes; index++) logits[index]! -= largest;
  }
  return logits;
}

function someAreWrong(logits: Float64Array, labels: Int32Array, classes: number): boolean {
  return labels.some((label, image) => logits[image * classes + label]! < 0);
}

/** Derivatives of the mean of log(sum of exp(sharpness * z)) - sharpness * z[label]. */
function slopeAt(sharpness: number, logits: Float64Array, labels: Int32Array, classes: number): Slope {
  let first = 0;
  let second = 0;
  for (let image = 0; image < labels.length; image++) {
    const start = image * classes;
    let sum = 0;
    let weighted = 0;
    let squares = 0;
    for (let index = start; index < start + classes; index++) {
      const logit = logits[index]!;
      const weight = Math.exp(sharpness * logit);
      sum += weight;
      weighted += weight * logit;
      squares += weight * logit * logit;
    }
    const mean = weighted / sum;
    first += mean - logits[start + labels[image]!]!;
    second += squares / sum - mean * mean;
  }
  return { first: first / labels.length, second: second / labels.length };
}
