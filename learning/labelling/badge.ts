import { argmax } from '../evaluation/predicted-classes.js';
import { NO_YIELD, type YieldToEventLoop } from '../yield-to-event-loop.js';
import { type Candidates, candidateCount } from './candidates.js';
import { drawByWeight, type RandomDraws } from './draw-by-weight.js';
import { GradientEmbeddings } from './gradient-embeddings.js';

/**
 * Selects uncertain and diverse images (BADGE, Ash et al. 2020, algorithm 1): k-means++ seeding (Arthur and
 * Vassilvitskii 2007) on gradient embeddings. As in the authors' code the first image has the largest gradient norm.
 * @param count at most as many as there are images
 * @param yieldToEventLoop awaited before each image; an error that it throws ends the work
 * @returns images in the order of their choice, each once
 */
export async function badge(
  candidates: Candidates,
  count: number,
  random: RandomDraws,
  yieldToEventLoop: YieldToEventLoop = NO_YIELD,
): Promise<number[]> {
  const embeddings = new GradientEmbeddings(candidates);
  const images = candidateCount(candidates);
  const nearest = new Float64Array(images).fill(Number.POSITIVE_INFINITY);
  const taken = new Uint8Array(images);
  const chosen: number[] = [];
  while (chosen.length < count) {
    await yieldToEventLoop();
    const next = chosen.length === 0 ? argmax(embeddings.squaredNorms) : drawByWeight(nearest, taken, random);
    chosen.push(next);
    taken[next] = 1;
    for (let image = 0; image < images; image++) {
      nearest[image] = taken[image] ? 0 : Math.min(nearest[image]!, embeddings.squaredDistance(image, next));
    }
  }
  return chosen;
}
