import type { ClassBalance } from '../../domain/methods/gap.js';
import { predictedClasses } from '../evaluation/predicted-classes.js';

/** Total variation distance of two distributions: half the sum of their absolute differences. */
export function totalVariation(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, share, index) => sum + Math.abs(share - other[index]!), 0) / 2;
}

/**
 * Compares the class distribution of the labels with that of the predictions for the real images.
 * @param counts labelled images by class
 * @param probabilities [images * classes] of the real images, calibrated
 */
export function classBalance(counts: readonly number[], probabilities: Float32Array): ClassBalance {
  const classes = counts.length;
  const images = probabilities.length / classes;
  const expected = new Array<number>(classes).fill(0);
  const predicted = new Array<number>(classes).fill(0);
  for (let image = 0; image < images; image++) {
    for (let index = 0; index < classes; index++) {
      expected[index]! += probabilities[image * classes + index]! / images;
    }
  }
  for (const best of predictedClasses(probabilities, classes)) predicted[best]! += 1 / images;
  const all = counts.reduce((sum, count) => sum + count, 0);
  const labelled = counts.map((count) => count / all);
  return { labelled, expected, predicted, totalVariation: totalVariation(labelled, expected) };
}
