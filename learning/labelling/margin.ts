import { type Candidates, candidateCount, topTwo } from './candidates.js';

/** Returns each image's margin: the difference of its two largest probabilities (Scheffer et al. 2001). */
export function margins(candidates: Candidates): Float64Array {
  return Float64Array.from({ length: candidateCount(candidates) }, (_, image) => {
    const { firstProbability, secondProbability } = topTwo(candidates, image);
    return firstProbability - secondProbability;
  });
}

/** Returns the images with the smallest margins, in ascending order. */
export function smallestMargins(candidates: Candidates, count: number): number[] {
  const by = margins(candidates);
  return Array.from(by.keys())
    .sort((a, b) => by[a]! - by[b]! || a - b)
    .slice(0, count);
}
