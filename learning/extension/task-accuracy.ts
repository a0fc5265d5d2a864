import type { TaskAccuracy } from '../../domain/methods/extend.js';
import { expectPredictions } from '../evaluation/expect-predictions.js';
import { argmax } from '../evaluation/predicted-classes.js';

/** Consecutive classes of a model. */
export interface Task {
  readonly first: number;
  readonly count: number;
}

/**
 * Returns a model's accuracy on the images of one task, among the task's own classes and among all classes.
 * @param probabilities [images, classes], or logits
 * @param labels [images] true classes, numbered among all classes
 * @throws RangeError when the lengths don't match, there are no images, or a label is of another task
 */
export function taskAccuracy(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
  task: Task,
): TaskAccuracy {
  expectPredictions(probabilities, labels, classes);
  const images = labels.length;
  const end = task.first + task.count;
  let within = 0;
  let overall = 0;
  labels.forEach((label, image) => {
    if (label < task.first || label >= end) {
      throw new RangeError(`labels[${image}]: received ${label}, expected ${task.first} to ${end - 1}`);
    }
    const row = probabilities.subarray(image * classes, (image + 1) * classes);
    if (argmax(row, task.first, end) === label) within++;
    if (argmax(row) === label) overall++;
  });
  return { images, within: within / images, overall: overall / images };
}
