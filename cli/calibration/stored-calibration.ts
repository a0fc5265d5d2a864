import { dirname } from 'node:path/posix';
import { type FoundModel, readFloats, readModelCard, runKeys } from '../../client/local-store.js';
import { withClassOrder } from '../../domain/class-order.js';
import { ConfigurationError, CorruptArtifactError } from '../../domain/errors.js';
import { hashedKeysOf } from '../../domain/hashed-artifact.js';
import { openLabels } from '../../learning/datasets/open-labels.js';
import { readManifest } from '../../learning/datasets/pack/manifest.js';
import { datasetOfSplit } from '../../learning/datasets/split/stored-split.js';
import { type Calibration, measureCalibration } from '../../learning/evaluation/calibration.js';
import { newClassesOnly } from '../../learning/extension/new-classes-only.js';

export interface StoredCalibration extends Calibration {
  /** The classes of the last task, of an extended model whose tasks are separate. */
  readonly among?: readonly string[];
}

/**
 * Computes a model's calibration from the predictions for its validation images, which training stores beside it.
 * Fits a temperature if the model has none.
 * @throws ConfigurationError if the predictions aren't there
 */
export async function storedCalibration({ name, store, key }: FoundModel): Promise<StoredCalibration> {
  const { runId, classes, temperature, taskBoundary } = await readModelCard(store, key);
  const isInRun = key.includes('/');
  const found = isInRun ? await hashedKeysOf(store, `${dirname(key)}/validation-predictions`) : [];
  const dataset = isInRun ? await datasetOfSplit(store, runKeys(runId).split) : undefined;
  const [predictionsKey, another] = found;
  if (!dataset || !predictionsKey) {
    throw new ConfigurationError(
      `model: received ${name}, expected one in the folder of its training: its predictions for the validation images are not beside it in ${store.url}`,
    );
  }
  if (another) {
    throw new CorruptArtifactError(
      `model: ${name} has several predictions beside it in ${store.url}, expected one: move away the one that another training wrote: ${found.join(', ')}`,
    );
  }
  const { classes: named } = await readManifest(store, dataset.contentHash);
  // An extended model has the classes of its data after the old ones.
  const numbered = withClassOrder({ ...dataset, classes: named }, classes);
  const { validation } = await openLabels(numbered, store);
  const predictions = await readFloats(store, predictionsKey, validation.length * classes.length);
  const judged =
    taskBoundary === undefined ? predictions : newClassesOnly(predictions, classes.length, taskBoundary);
  return {
    ...measureCalibration(judged, validation, classes.length, temperature),
    ...(taskBoundary !== undefined && { among: classes.slice(taskBoundary) }),
  };
}
