import { withClassOrder } from './class-order.js';
import { ConfigurationError, ModelError } from './errors.js';
import { namesText } from './names-text.js';
import type { DatasetRecord } from './records.js';

/**
 * Numbers a data set's new classes after a model's old ones.
 * @throws ConfigurationError when the model already has one of them
 */
export function appendNewClasses(dataset: DatasetRecord, old: readonly string[]): DatasetRecord {
  const known = dataset.classes.filter((name) => old.includes(name));
  if (known.length > 0) {
    throw new ConfigurationError(
      `data.labelled: received the ${known.length === 1 ? 'class' : 'classes'} ${namesText(known)}, expected none that the model already has (${namesText(old)}): leave their images out, or train on all classes with run or transfer`,
    );
  }
  return withClassOrder(dataset, [...old, ...dataset.classes]);
}

/**
 * Numbers a data set of old classes, all or some, as the extended model does.
 * @param all old classes, then the new ones
 * @throws ModelError when the data set has a class that is not an old one
 */
export function numberOldClasses(
  dataset: DatasetRecord,
  old: readonly string[],
  all: readonly string[],
): DatasetRecord {
  const unknown = dataset.classes.filter((name) => !old.includes(name));
  if (unknown.length > 0) {
    throw new ModelError(
      `old.labelled: received the ${unknown.length === 1 ? 'class' : 'classes'} ${namesText(unknown)}, expected classes of the model: ${namesText(old)}`,
    );
  }
  return withClassOrder(dataset, all);
}
