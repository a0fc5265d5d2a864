import { dirname } from 'node:path/posix';
import { numberedAs } from '../../domain/class-order.js';
import { ConfigurationError } from '../../domain/errors.js';
import { openLabels } from '../../learning/datasets/open-labels.js';
import { readManifest } from '../../learning/datasets/pack/manifest.js';
import { datasetOfSplit } from '../../learning/datasets/split/stored-split.js';
import { type Calibration, calibrationOf } from '../../learning/evaluation/calibration.js';
import { amongNew } from '../../learning/extension/among-new.js';
import type { FoundModel } from '../../storage/find-model.js';
import { readFloats } from '../../storage/floats.js';
import { runKeys } from '../../storage/keys.js';
import { readModelCard } from '../../storage/models.js';

export interface StoredCalibration extends Calibration {
  /** The only classes that are considered, of a model whose others are a task apart. */
  readonly among?: readonly string[];
}

/**
 * A model's calibration, from what it said of its validation images at the end of its training. A model that is older
 * than temperatures is shown at the one it would have got.
 * @throws ConfigurationError when its training's predictions aren't beside it
 */
export async function storedCalibration({ name, store, key }: FoundModel): Promise<StoredCalibration> {
  const { runId, classes, temperature, taskBoundary: apart } = await readModelCard(store, key);
  const predictionsKey = `${dirname(key)}/validation-predictions`;
  const splitKey = runKeys(runId).split;
  const isInItsRun = key.includes('/') && (await store.has(predictionsKey)) && (await store.has(splitKey));
  if (!isInItsRun) {
    throw new ConfigurationError(
      `model: received ${name}, expected one where its training has left it: what it said of its validation images is not beside it in ${store.url}`,
    );
  }
  const dataset = await datasetOfSplit(store, splitKey);
  const { classes: named } = await readManifest(store, dataset.contentHash);
  // A model that has learnt more classes numbers those of its data behind the old ones.
  const numbered = numberedAs({ ...dataset, classes: named }, classes);
  const { validation } = await openLabels(numbered, store);
  const said = await readFloats(store, predictionsKey, validation.length * classes.length);
  const judged = apart === undefined ? said : amongNew(said, classes.length, apart);
  return {
    ...calibrationOf(judged, validation, classes.length, temperature),
    ...(apart !== undefined && { among: classes.slice(apart) }),
  };
}
