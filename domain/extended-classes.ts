import { withClassOrder } from './class-order.js';
import { ConfigurationError, ModelError } from './errors.js';
import type { DatasetRecord } from './records.js';

/**
 * A data set of new classes as a widened model numbers them: behind the old ones.
 * @throws ConfigurationError when a class is known already
 */
export function appendNewClasses(dataset: DatasetRecord, old: readonly string[]): DatasetRecord {
  const known = dataset.classes.filter((name) => old.includes(name));
  if (known.length > 0) {
    throw new ConfigurationError(
      `data.labelled: received the ${known.length === 1 ? 'class' : 'classes'} ${known.join(', ')}, expected none that the model knows already (${old.join(', ')}): leave their pictures out, or learn all classes anew with run or transfer`,
    );
  }
  return withClassOrder(dataset, [...old, ...dataset.classes]);
}

/**
 * A data set of old classes, all or some, as the widened model numbers them.
 * @param all old classes, then the new ones
 * @throws ModelError when the model does not know one of its classes
 */
export function numberOldClasses(
  dataset: DatasetRecord,
  old: readonly string[],
  all: readonly string[],
): DatasetRecord {
  const unknown = dataset.classes.filter((name) => !old.includes(name));
  if (unknown.length > 0) {
    throw new ModelError(
      `old.labelled: received the ${unknown.length === 1 ? 'class' : 'classes'} ${unknown.join(', ')}, expected classes of the model: ${old.join(', ')}`,
    );
  }
  return withClassOrder(dataset, all);
}
