import type { TaskAccuracy } from '../../domain/methods/extend.js';

/** Consecutive classes of a model. */
export interface Task {
  readonly first: number;
  readonly count: number;
}

function best(row: Float32Array, { first, count }: Task): number {
  let at = first;
  for (let index = first + 1; index < first + count; index++) if (row[index]! > row[at]!) at = index;
  return at;
}

/**
 * A model on the images of one task, among the task's own classes and among all.
 * @param probabilities [images, classes], or logits
 * @param labels [images] numbers of the true classes among all
 * @throws RangeError when the lengths don't match, there is no image, or a label is of another task
 */
export function taskAccuracy(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
  task: Task,
): TaskAccuracy {
  const images = labels.length;
  if (images === 0 || probabilities.length !== images * classes) {
    throw new RangeError(
      `probabilities: received ${probabilities.length} values for ${images} labels, expected ${classes} for each of at least one`,
    );
  }
  const all = { first: 0, count: classes };
  let within = 0;
  let overall = 0;
  labels.forEach((label, image) => {
    if (label < task.first || label >= task.first + task.count) {
      throw new RangeError(
        `labels[${image}]: received ${label}, expected ${task.first} to ${task.first + task.count - 1}`,
      );
    }
    const row = probabilities.subarray(image * classes, (image + 1) * classes);
    if (best(row, task) === label) within++;
    if (best(row, all) === label) overall++;
  });
  return { images, within: within / images, overall: overall / images };
}
