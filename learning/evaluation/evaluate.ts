import type { FullEvaluation } from '../../domain/records.js';
import { expectPredictions } from './expect-predictions.js';
import { predictedClasses } from './predicted-classes.js';
import { measureReliability } from './reliability.js';

/**
 * Measures predictions against true labels.
 * @param probabilities [images, classes] row by row
 * @param labels [images] class numbers
 * @throws RangeError when the lengths don't match or there are no labels
 */
export function evaluate(probabilities: Float32Array, labels: Int32Array, classes: number): FullEvaluation {
  expectPredictions(probabilities, labels, classes);
  const predicted = predictedClasses(probabilities, classes);
  const { accuracy, loss, calibrationError } = measureReliability(probabilities, labels, classes, predicted);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  predicted.forEach((prediction, image) => {
    confusion[labels[image]!]![prediction]!++;
  });
  const perClass = confusion.map((row, label) => {
    const hits = row[label]!;
    const actual = row.reduce((sum, count) => sum + count, 0);
    const predictions = confusion.reduce((sum, other) => sum + other[label]!, 0);
    return {
      precision: predictions ? hits / predictions : 0,
      recall: actual ? hits / actual : 0,
      images: actual,
    };
  });
  const present = perClass.filter((measured) => measured.images > 0);
  return {
    images: labels.length,
    accuracy,
    balancedAccuracy: present.reduce((sum, measured) => sum + measured.recall, 0) / present.length,
    loss,
    calibrationError,
    perClass,
    confusion,
  };
}
