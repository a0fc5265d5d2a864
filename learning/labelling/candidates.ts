import { argmax } from '../evaluation/predicted-classes.js';
import type { Features } from '../models/features.js';

/** A model's outputs for the images that could be labelled. */
export interface Candidates {
  /** [images * classes] class probabilities. */
  readonly probabilities: Float32Array;
  readonly classes: number;
  /** Features of the same images, in the same order. */
  readonly features: Features;
}

export interface TopTwo {
  readonly first: number;
  readonly second: number;
  readonly firstProbability: number;
  readonly secondProbability: number;
}

/** Returns the two most probable classes of an image; the first class in a tie. */
export function topTwo({ probabilities, classes }: Candidates, image: number): TopTwo {
  const own = probabilities.subarray(image * classes, (image + 1) * classes);
  const first = argmax(own);
  let second = first === 0 ? 1 : 0;
  for (let index = second + 1; index < classes; index++) {
    if (index !== first && own[index]! > own[second]!) second = index;
  }
  return { first, second, firstProbability: own[first]!, secondProbability: own[second]! };
}

/** Number of candidate images. */
export function candidateCount({ probabilities, classes }: Candidates): number {
  return probabilities.length / classes;
}
