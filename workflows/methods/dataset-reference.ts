import { withClassOrder } from '../../domain/class-order.js';
import type { DatasetRecord, DatasetReference, OpenedModel } from '../../domain/records.js';

/** A data set in a report whose figures have a model's class numbers: the names in that order, and the reference. */
export function referenceNumberedAs(
  { classes: known }: Pick<OpenedModel, 'classes'>,
  data: DatasetRecord,
): { readonly classNames: readonly string[]; readonly dataset: DatasetReference } {
  const { classes, splitKey, contentHash, classNumbers } = withClassOrder(data, known ?? data.classes);
  return { classNames: classes, dataset: { splitKey, contentHash, ...(classNumbers && { classNumbers }) } };
}
