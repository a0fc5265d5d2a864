import type { FullEvaluation } from '../../domain/records.js';
import { calibrationErrorOf, reliabilityBins } from './reliability.js';

function argmax(values: Float32Array, start: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index++) {
    if (values[start + index]! > values[start + best]!) best = index;
  }
  return best;
}

/** The most probable class of each row of [images, classes] probabilities; the first of equals. */
export function predictedClasses(probabilities: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, image) =>
    argmax(probabilities, image * classes, classes),
  );
}

/**
 * Expected calibration error over 15 equal-width bins of confidence (Guo et al. 2017, equation 3).
 * @param confidences [images] the largest probability of each image
 */
export function calibrationError(confidences: Float32Array, correct: readonly boolean[]): number {
  return calibrationErrorOf(reliabilityBins(confidences, correct));
}

/**
 * Measures predictions against true labels.
 * @param probabilities [images, classes] row by row
 * @param labels [images] class numbers
 * @throws RangeError when the lengths don't match, or there is nothing to measure.
 */
export function evaluate(probabilities: Float32Array, labels: Int32Array, classes: number): FullEvaluation {
  const images = labels.length;
  if (images === 0 || probabilities.length !== images * classes) {
    throw new RangeError(
      `probabilities: received ${probabilities.length} values for ${images} labels, expected ${classes} for each of at least one`,
    );
  }
  const predicted = predictedClasses(probabilities, classes);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const confidences = new Float32Array(images);
  const correct: boolean[] = [];
  let loss = 0;
  for (let image = 0; image < images; image++) {
    const label = labels[image]!;
    const prediction = predicted[image]!;
    confusion[label]![prediction]!++;
    correct.push(label === prediction);
    confidences[image] = probabilities[image * classes + prediction]!;
    loss -= Math.log(Math.max(probabilities[image * classes + label]!, 1e-12));
  }
  const perClass = confusion.map((row, label) => {
    const hits = row[label]!;
    const actual = row.reduce((sum, count) => sum + count, 0);
    const claimed = confusion.reduce((sum, other) => sum + other[label]!, 0);
    return { precision: claimed ? hits / claimed : 0, recall: actual ? hits / actual : 0, images: actual };
  });
  const present = perClass.filter((measured) => measured.images > 0);
  return {
    images,
    accuracy: correct.filter(Boolean).length / images,
    balancedAccuracy: present.reduce((sum, measured) => sum + measured.recall, 0) / present.length,
    loss: loss / images,
    calibrationError: calibrationError(confidences, correct),
    perClass,
    confusion,
  };
}
