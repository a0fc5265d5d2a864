import { type Candidates, countOf } from './candidates.js';
import { type Draws, drawByWeight } from './draw-by-weight.js';
import { GradientEmbeddings } from './gradient-embeddings.js';

function largest(values: Float64Array): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at;
  return best;
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
    const next =
      chosen.length === 0 ? largest(embeddings.squaredNorms) : drawByWeight(nearest, taken, random);
    chosen.push(next);
    taken[next] = 1;
    for (let image = 0; image < images; image++) {
      nearest[image] = taken[image] ? 0 : Math.min(nearest[image]!, embeddings.squaredDistance(image, next));
    }
  }
  return chosen;
}
