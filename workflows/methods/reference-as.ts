import { withClassOrder } from '../../domain/class-order.js';
import type { OpenedModel } from '../../domain/methods.js';
import type { DatasetRecord, DatasetReference } from '../../domain/records.js';

/**
 * What a report says of a data set beside figures that are numbered as a model numbers its classes: their names in that
 * order, and what opens the data set with labels of those numbers.
 */
export function referenceAs(
  { classes: known }: Pick<OpenedModel, 'classes'>,
  data: DatasetRecord,
): { readonly classNames: readonly string[]; readonly dataset: DatasetReference } {
  const { classes, splitKey, contentHash, classNumbers } = withClassOrder(data, known ?? data.classes);
  return { classNames: classes, dataset: { splitKey, contentHash, ...(classNumbers && { classNumbers }) } };
}
