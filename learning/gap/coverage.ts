import { rowsOf, squaredDistances } from '../models/feature-rows.js';
import type { Features } from '../models/features.js';

/** How an image lies to the images that are trained on. */
export interface Coverage {
  /** By image: the training image next to it. */
  readonly nearest: Uint32Array;
  /** By image: its distance to that one. */
  readonly distances: Float64Array;
  /**
   * By image: the least, over all training images, of the distance to it by that one's distance to its k-th
   * neighbour among the training images. Above 1 the image is far from all of them.
   */
  readonly farness: Float64Array;
  /** Share of the images that are far from any training image. */
  readonly uncovered: number;
}

/** By row: the distance to its k-th nearest among the other rows; to the last one where there are fewer. */
export function neighbourRadii(features: Features, neighbours: number): Float64Array {
  const rows = rowsOf(features);
  const squared = squaredDistances(features, features);
  return Float64Array.from({ length: rows }, (_, row) => {
    const others = squared.slice(row * rows, (row + 1) * rows);
    others[row] = -1;
    others.sort();
    return Math.sqrt(Math.max(0, others[Math.min(neighbours, rows - 1)]!));
  });
}

function ratio(distance: number, radius: number): number {
  if (distance === 0) return 0;
  return radius === 0 ? Number.POSITIVE_INFINITY : distance / radius;
}

/**
 * Which images lie within the manifold of the training images: within the distance of a training image to its k-th
 * neighbour. The covered share is the improved recall of Kynkäänniemi et al. 2019 (eq. 2), with the training images
 * in the place of the generated ones.
 * @param neighbours k; the paper takes 3
 * @throws RangeError when there are fewer than two training images
 */
export function coverage(training: Features, images: Features, neighbours: number): Coverage {
  const known = rowsOf(training);
  if (known < 2) throw new RangeError(`training: received ${known} rows, expected at least 2`);
  const radii = neighbourRadii(training, neighbours);
  const squared = squaredDistances(images, training);
  const count = rowsOf(images);
  const nearest = new Uint32Array(count);
  const distances = new Float64Array(count);
  const farness = new Float64Array(count);
  let far = 0;
  for (let image = 0; image < count; image++) {
    let least = Number.POSITIVE_INFINITY;
    let leastRatio = Number.POSITIVE_INFINITY;
    for (let other = 0; other < known; other++) {
      const distance = Math.sqrt(squared[image * known + other]!);
      if (distance < least) {
        least = distance;
        nearest[image] = other;
      }
      leastRatio = Math.min(leastRatio, ratio(distance, radii[other]!));
    }
    distances[image] = least;
    farness[image] = leastRatio;
    if (leastRatio > 1) far++;
  }
  return { nearest, distances, farness, uncovered: far / count };
}
