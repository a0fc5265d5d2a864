/** Temperature scaling: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 4.2. */

/** Temperatures stay between these: what is beyond says more of the images than of the model. */
export const MIN_TEMPERATURE = 0.1;
export const MAX_TEMPERATURE = 10;

/** Of fewer images, no temperature is told: a mistake more or less would decide it. */
export const MIN_IMAGES = 100;

/** The smallest normal float32: what a network's softmax has rounded to 0 is taken as this. */
const LEAST = 2 ** -126;
const TOLERANCE = 1e-10;
const MOST_ROUNDS = 100;

/** How the mean loss goes with the sharpness. */
interface Slope {
  /** First derivative. */
  readonly first: number;
  /** Second, never negative. */
  readonly second: number;
}

/**
 * The one temperature T that makes the mean negative log-likelihood of softmax(logits / T) smallest: Newton's method
 * on the sharpness 1 / T, in which the loss is convex, kept inside a bracket that shrinks with every round.
 * Logits are taken as log p, which differs from them by a constant of each image.
 *
 * Where there is nothing to fit it is `otherwise`: fewer than {@link MIN_IMAGES} images, or none that
 * is classified wrongly (the loss would fall for ever as T goes to 0). Otherwise it is from {@link MIN_TEMPERATURE} to
 * {@link MAX_TEMPERATURE}. Above 1 the model was too sure of itself, below 1 not sure enough, as label smoothing makes it.
 *
 * @param probabilities [images, classes] row by row, of images that were not trained on
 * @param labels [images] class numbers
 * @param otherwise the answer where nothing can be fitted; 1 leaves probabilities as they are
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
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { first, second } = slope(sharpness);
    if (first > 0) most = sharpness;
    else least = sharpness;
    const newton = sharpness - first / second;
    // Outside the bracket, or of a flat loss (0 / 0): halve the bracket, by ratio as temperatures are.
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
 * Probabilities at a temperature: p^(1/T), renormalised row by row. The order within a row stays.
 * @param probabilities [images, classes] row by row; not changed
 * @param temperature positive; at 1 the values themselves are returned
 * @throws RangeError when the temperature is not a positive number, or the values are no whole rows
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

/** log p, less its largest in each row: no exponential of them is too large, and one is 1. */
function logitsOf(probabilities: Float32Array, classes: number): Float64Array {
  const logits = Float64Array.from(probabilities, (probability) => Math.log(Math.max(probability, LEAST)));
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

/** Of the mean of log(sum of exp(sharpness * z)) - sharpness * z of the label. */
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
