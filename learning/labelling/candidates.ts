import { argmax } from '../evaluation/predicted-classes.js';
import type { Features } from '../models/features.js';

/** Images that could be labelled, as a model sees them. */
export interface Candidates {
  /** [images * classes] class probabilities. */
  readonly probabilities: Float32Array;
  readonly classes: number;
  /** Of the same images, in their order. */
  readonly features: Features;
}

export interface TopTwo {
  readonly first: number;
  readonly second: number;
  readonly firstProbability: number;
  readonly secondProbability: number;
}

/** The two most probable classes of an image; of equal ones the earlier class. */
export function topTwo({ probabilities, classes }: Candidates, image: number): TopTwo {
  const own = probabilities.subarray(image * classes, (image + 1) * classes);
  const first = argmax(own);
  let second = first === 0 ? 1 : 0;
  for (let index = second + 1; index < classes; index++) {
    if (index !== first && own[index]! > own[second]!) second = index;
  }
  return { first, second, firstProbability: own[first]!, secondProbability: own[second]! };
}

/** How many images there are. */
export function candidateCount({ probabilities, classes }: Candidates): number {
  return probabilities.length / classes;
}
