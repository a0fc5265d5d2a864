import { argmax } from '../evaluation/predicted-classes.js';
import { type Candidates, candidateCount } from './candidates.js';

/**
 * Gradients of the loss with respect to the last layer's weights, with the predicted class as label: the outer product
 * of (p - onehot(argmax p)) and the features (Ash et al. 2020, eq. 1). Distances need only dot products of outer
 * products, which are products of the factors' dot products; the vectors of classes * width numbers are never built.
 */
export class GradientEmbeddings {
  readonly squaredNorms: Float64Array;
  private readonly errors: Float64Array;

  constructor(private readonly candidates: Candidates) {
    const { probabilities, classes, features } = candidates;
    this.errors = Float64Array.from(probabilities);
    this.squaredNorms = Float64Array.from({ length: candidateCount(candidates) }, (_, image) => {
      const own = this.errors.subarray(image * classes, (image + 1) * classes);
      own[argmax(own)]! -= 1;
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
