import type { DataConfig } from '../../domain/config/data.js';
import { DataError } from '../../domain/errors.js';
import type { DataFields } from './data-fields.js';

/** How many images of each class the splits take. */
export type Budget = Pick<DataConfig, 'labelsPerClass' | 'validationPerClass'>;

/** Number of images of each class. */
export function picturesByClass(labels: Iterable<string | undefined>): Map<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/**
 * Makes sure that each class has enough images for its budget.
 * @param counts usable images of each class, in the order of the classes
 * @param which images count, for the message
 * @throws DataError naming the classes that are too small
 */
export function expectBudget(
  { labelsPerClass, validationPerClass }: Budget,
  classes: readonly string[],
  counts: readonly number[],
  fields: DataFields,
  which = '',
): void {
  const takesAll = labelsPerClass === 'all';
  const needed = validationPerClass + (takesAll ? 1 : labelsPerClass);
  const short = classes.flatMap((name, index) =>
    counts[index]! < needed ? [`"${name}" has ${counts[index]}`] : [],
  );
  if (short.length === 0) return;
  const more = short.length > 5 ? ` and ${short.length - 5} more classes` : '';
  const budget = `validationPerClass ${validationPerClass} + labelsPerClass ${takesAll ? 'all, at least 1' : labelsPerClass}`;
  const orFewerLabels = takesAll
    ? ''
    : ` or ${fields.labelsPerClass} (all takes what remains after validation)`;
  throw new DataError(
    `${fields.labelled}: class ${short.slice(0, 5).join(', ')}${more} images${which}, expected at least ${needed} each (${budget}): add pictures, lower ${fields.validationPerClass}${orFewerLabels}, or leave the class out`,
  );
}
