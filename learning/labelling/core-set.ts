import { rowsOf, squaredDistance } from '../models/feature-rows.js';
import type { Features } from '../models/features.js';

/** By image: the squared distance to the nearest labelled one; infinite where none is labelled. */
function distancesToLabelled(images: Features, labelled: Features, onRow: () => void): Float64Array {
  const known = rowsOf(labelled);
  return Float64Array.from({ length: rowsOf(images) }, (_, image) => {
    onRow();
    let least = Number.POSITIVE_INFINITY;
    for (let row = 0; row < known; row++)
      least = Math.min(least, squaredDistance(images, image, labelled, row));
    return least;
  });
}

/**
 * The images that leave none far from a labelled one: each time the one farthest from all that is labelled or chosen
 * (the greedy 2-approximation of k-centre; Sener and Savarese 2018, algorithm 1).
 * @param onRow called now and then; what it throws ends it
 * @returns images in the order of their choice, each once
 */
export function coreSet(
  images: Features,
  labelled: Features,
  count: number,
  onRow: () => void = () => undefined,
): number[] {
  const nearest = distancesToLabelled(images, labelled, onRow);
  const taken = new Uint8Array(nearest.length);
  const chosen: number[] = [];
  while (chosen.length < count) {
    onRow();
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
