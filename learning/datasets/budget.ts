import type { DataConfig } from '../../domain/config/data.js';
import { DataError } from '../../domain/errors.js';

/** How many images of each class the splits take. */
export type Budget = Pick<DataConfig, 'labelsPerClass' | 'validationPerClass'>;

/** Images of each class. */
export function picturesByClass(labels: Iterable<string | undefined>): Map<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/**
 * Makes sure that each class can fill its budget.
 * @param counts usable images by class, in the order of the classes
 * @param left what was left out of them, for the message
 * @throws DataError naming the classes that are too small
 */
export function expectBudget(
  data: Budget,
  classes: readonly string[],
  counts: readonly number[],
  left = '',
): void {
  const { labelsPerClass, validationPerClass } = data;
  const needed = validationPerClass + (labelsPerClass === 'all' ? 1 : labelsPerClass);
  const short = classes.flatMap((name, index) =>
    counts[index]! < needed ? [`"${name}" has ${counts[index]}`] : [],
  );
  if (short.length === 0) return;
  const more = short.length > 5 ? ` and ${short.length - 5} more classes` : '';
  throw new DataError(
    `data.labelled: class ${short.slice(0, 5).join(', ')}${more} images${left}, expected at least ${needed} each (validationPerClass ${validationPerClass} + labelsPerClass ${labelsPerClass === 'all' ? 'all, at least 1' : labelsPerClass}): add pictures, lower data.validationPerClass${labelsPerClass === 'all' ? '' : ' or data.labelsPerClass (all takes what remains after validation)'}, or leave the class out`,
  );
}
