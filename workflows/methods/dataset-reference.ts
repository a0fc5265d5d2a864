import { withClassOrder } from '../../domain/class-order.js';
import type { DatasetRecord, DatasetReference, OpenedModel } from '../../domain/records.js';

/** Class names and data set reference for a report, both in a model's class order. */
export function referenceNumberedAs(
  { classes: known }: Pick<OpenedModel, 'classes'>,
  data: DatasetRecord,
): { readonly classNames: readonly string[]; readonly dataset: DatasetReference } {
  const { classes, splitKey, contentHash, classNumbers } = withClassOrder(data, known ?? data.classes);
  return { classNames: classes, dataset: { splitKey, contentHash, ...(classNumbers && { classNumbers }) } };
}
