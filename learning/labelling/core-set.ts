import { rowsOf, squaredDistance } from '../models/feature-rows.js';
import type { Features } from '../models/features.js';
import { NO_YIELD, type YieldToEventLoop } from '../yield-to-event-loop.js';

/** Rows between two yields to the event loop. */
const ROWS = 64;

/** Returns each image's squared distance to the nearest labelled one; infinite without labelled images. */
async function distancesToLabelled(
  images: Features,
  labelled: Features,
  yieldToEventLoop: YieldToEventLoop,
): Promise<Float64Array> {
  const known = rowsOf(labelled);
  const distances = new Float64Array(rowsOf(images)).fill(Number.POSITIVE_INFINITY);
  for (let image = 0; image < distances.length; image++) {
    if (image % ROWS === 0) await yieldToEventLoop();
    for (let row = 0; row < known; row++) {
      distances[image] = Math.min(distances[image]!, squaredDistance(images, image, labelled, row));
    }
  }
  return distances;
}

/**
 * Selects images so that every image has a labelled or chosen one nearby: repeatedly takes the image farthest from all
 * labelled and chosen ones (greedy 2-approximation of k-centre; Sener and Savarese 2018, algorithm 1).
 * @param yieldToEventLoop awaited regularly; an error that it throws ends the work
 * @returns images in the order of their choice, each once
 */
export async function coreSet(
  images: Features,
  labelled: Features,
  count: number,
  yieldToEventLoop: YieldToEventLoop = NO_YIELD,
): Promise<number[]> {
  const nearest = await distancesToLabelled(images, labelled, yieldToEventLoop);
  const taken = new Uint8Array(nearest.length);
  const chosen: number[] = [];
  while (chosen.length < count) {
    await yieldToEventLoop();
    let farthest = -1;
    for (let image = 0; image < nearest.length; image++) {
      if (!taken[image] && (farthest === -1 || nearest[image]! > nearest[farthest]!)) farthest = image;
    }
    chosen.push(farthest);
    taken[farthest] = 1;
    for (let image = 0; image < nearest.length; image++) {
      if (taken[image]) continue;
      nearest[image] = Math.min(nearest[image]!, squaredDistance(images, image, images, farthest));
    }
  }
  return chosen;
}
