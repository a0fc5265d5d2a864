import type { KeyedRandom } from '../../domain/random.js';
import { type Candidates, countOf } from './candidates.js';

/**
 * What a label would do to the last layer if the model's guess were right: the gradient of the loss by its weights,
 * the outer product of (p - onehot(argmax p)) and the features (Ash et al. 2020, eq. 1). Of two outer products only
 * the dot product is needed, and that is the product of the factors' dot products: no vector of classes * width
 * numbers is made.
 */
export class GradientEmbeddings {
  readonly squaredNorms: Float64Array;
  private readonly errors: Float64Array;

  constructor(private readonly candidates: Candidates) {
    const { probabilities, classes, features } = candidates;
    this.errors = Float64Array.from(probabilities);
    this.squaredNorms = Float64Array.from({ length: countOf(candidates) }, (_, image) => {
      const own = this.errors.subarray(image * classes, (image + 1) * classes);
      own[own.indexOf(own.reduce((most, value) => Math.max(most, value)))]! -= 1;
      return dot(own, 0, own, 0, classes) * this.dotOfFeatures(features.width, image, image);
    });
  }

  squaredDistance(one: number, other: number): number {
    const { classes, features } = this.candidates;
    const errors = dot(this.errors, one * classes, this.errors, other * classes, classes);
    const both = errors * this.dotOfFeatures(features.width, one, other);
    return Math.max(0, this.squaredNorms[one]! + this.squaredNorms[other]! - 2 * both);
  }

  private dotOfFeatures(width: number, one: number, other: number): number {
    const { features } = this.candidates.features;
    return dot(features, one * width, features, other * width, width);
  }
}

function dot(
  a: Float32Array | Float64Array,
  from: number,
  b: Float32Array | Float64Array,
  to: number,
  length: number,
): number {
  let sum = 0;
  for (let at = 0; at < length; at++) sum += a[from + at]! * b[to + at]!;
  return sum;
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at;
  return best;
}

/** What is drawn from a stream of random numbers. */
type Draws = Pick<KeyedRandom, 'uniform' | 'integer'>;

/** Draws an index in proportion to its weight; one of those that are left where all weights are 0. */
function drawBy(weights: Float64Array, taken: Uint8Array, random: Draws): number {
  let all = 0;
  for (const weight of weights) all += weight;
  if (all === 0) {
    const left = Array.from(taken.keys()).filter((image) => taken[image] === 0);
    return left[random.integer(left.length)]!;
  }
  const target = random.uniform() * all;
  let sum = 0;
  let last = 0;
  for (let image = 0; image < weights.length; image++) {
    if (weights[image] === 0) continue;
    sum += weights[image]!;
    last = image;
    if (sum > target) break;
  }
  return last;
}

/**
 * Images of which the model is unsure and that are unlike each other (BADGE, Ash et al. 2020, algorithm 1): the
 * seeding of k-means++ (Arthur and Vassilvitskii 2007) on gradient embeddings. As in the authors' code the first is
 * the one with the longest gradient.
 * @param count at most as many as there are images
 * @param breathe awaited before each; what it throws ends it
 * @returns images in the order of their choice, each once
 */
export async function badge(
  candidates: Candidates,
  count: number,
  random: Draws,
  breathe: () => Promise<void> = async () => undefined,
): Promise<number[]> {
  const embeddings = new GradientEmbeddings(candidates);
  const images = countOf(candidates);
  const nearest = new Float64Array(images).fill(Number.POSITIVE_INFINITY);
  const taken = new Uint8Array(images);
  const chosen: number[] = [];
  while (chosen.length < count) {
    await breathe();
    const next = chosen.length === 0 ? largest(embeddings.squaredNorms) : drawBy(nearest, taken, random);
    chosen.push(next);
    taken[next] = 1;
    for (let image = 0; image < images; image++) {
      nearest[image] = taken[image] ? 0 : Math.min(nearest[image]!, embeddings.squaredDistance(image, next));
    }
  }
  return chosen;
}
