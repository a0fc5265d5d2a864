import { type Candidates, candidateCount, topTwo } from './candidates.js';

/** By image: how much more probable the first class is than the second (Scheffer et al. 2001). */
export function margins(candidates: Candidates): Float64Array {
  return Float64Array.from({ length: candidateCount(candidates) }, (_, image) => {
    const { firstProbability, secondProbability } = topTwo(candidates, image);
    return firstProbability - secondProbability;
  });
}

/** The images with the smallest margins, the most unsure first. */
export function smallestMargins(candidates: Candidates, count: number): number[] {
  const by = margins(candidates);
  return Array.from(by.keys())
    .sort((a, b) => by[a]! - by[b]! || a - b)
    .slice(0, count);
}
