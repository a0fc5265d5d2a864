import type { UncoveredImage } from '../../domain/methods/gap.js';
import { argmax } from '../evaluation/predicted-classes.js';
import type { Coverage } from './coverage.js';

/**
 * Finds the images that are farthest from all training images, with the model's predictions.
 * @param probabilities [images * classes]
 * @param drawn positions of the sampled images in their sets
 */
export function findLeastCovered(
  { nearest, distances, farness }: Coverage,
  probabilities: Float32Array,
  drawn: { readonly real: Uint32Array; readonly training: Uint32Array },
  { classes, shown }: { readonly classes: number; readonly shown: number },
): UncoveredImage[] {
  const order = Array.from(farness.keys()).sort(
    (a, b) => farness[b]! - farness[a]! || distances[b]! - distances[a]! || a - b,
  );
  return order.slice(0, shown).map((image) => {
    const own = probabilities.subarray(image * classes, (image + 1) * classes);
    const guess = argmax(own);
    return {
      position: drawn.real[image]!,
      nearest: drawn.training[nearest[image]!]!,
      distance: distances[image]!,
      farness: Math.min(farness[image]!, Number.MAX_VALUE),
      guess,
      confidence: own[guess]!,
    };
  });
}
