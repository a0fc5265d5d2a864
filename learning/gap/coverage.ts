import type { SampleDistances } from './sample-distances.js';

/** Positions of images relative to the training images in feature space. */
export interface Coverage {
  /** The nearest training image of each image. */
  readonly nearest: Uint32Array;
  /** The distance to that one. */
  readonly distances: Float64Array;
  /**
   * The minimum, over all training images, of the distance to it divided by its distance to its k-th neighbour among
   * the training images. An image with a value above 1 is not covered.
   */
  readonly farness: Float64Array;
  /** Share of the images that are not covered. */
  readonly uncovered: number;
}

/**
 * Returns, for each row of the first sample, the distance to its k-th nearest neighbour in that sample; to the farthest
 * one if there are fewer than k.
 */
export function neighbourRadii(
  { squared, first, second }: SampleDistances,
  neighbours: number,
): Float64Array {
  const rows = first + second;
  return Float64Array.from({ length: first }, (_, row) => {
    const others = squared.slice(row * rows, row * rows + first);
    others[row] = -1;
    others.sort();
    return Math.sqrt(Math.max(0, others[Math.min(neighbours, first - 1)]!));
  });
}

function ratio(distance: number, radius: number): number {
  if (distance === 0) return 0;
  return radius === 0 ? Number.POSITIVE_INFINITY : distance / radius;
}

/**
 * Measures which images lie within the manifold of the training images: within the distance of a training image to its
 * k-th neighbour. The covered share is the improved recall of Kynkäänniemi et al. 2019 (eq. 2), with training images in
 * place of generated ones.
 * @param between distances of the training images (first) and the images (second)
 * @param neighbours k; the paper takes 3
 * @throws RangeError when there are fewer than two training images
 */
export function measureCoverage(between: SampleDistances, neighbours: number): Coverage {
  const { squared, first: known, second: count } = between;
  if (known < 2) throw new RangeError(`training: received ${known} rows, expected at least 2`);
  const radii = neighbourRadii(between, neighbours);
  const nearest = new Uint32Array(count);
  const distances = new Float64Array(count);
  const farness = new Float64Array(count);
  let far = 0;
  for (let image = 0; image < count; image++) {
    const row = (known + image) * (known + count);
    let least = Number.POSITIVE_INFINITY;
    let leastRatio = Number.POSITIVE_INFINITY;
    for (let other = 0; other < known; other++) {
      const distance = Math.sqrt(squared[row + other]!);
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
