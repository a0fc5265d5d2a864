import type { DataConfig } from '../../domain/config/data.js';
import { shapeSettings } from '../../domain/config/image-settings.js';
import type { GapConfig } from '../../domain/config/methods/gap.js';
import { expectSameTask } from '../../domain/expect-same-task.js';
import type { DatasetRecord } from '../../domain/records.js';
import { expectPictures } from '../../learning/training/batches/expect-augmentable.js';
import { runKeys } from '../../storage/keys.js';
import { prepareImages } from '../prepare-images.js';
import type { RunningStep } from '../step-context.js';
import { byFields } from './by-fields.js';
import type { PrepareRealInput } from './gap-contract.js';

/**
 * The labelled images with those of `real` for the unlabelled, brought to the same picture. Without the test
 * images: they may be the real ones.
 */
export function realDataOf(config: GapConfig, dataset: DatasetRecord): DataConfig {
  const { labelled, labelsPerClass, validationPerClass, maxRejectedShare } = config.data;
  const image = { fit: dataset.fit, ...shapeSettings(dataset.image) };
  return {
    labelled,
    labelsPerClass,
    validationPerClass,
    maxRejectedShare,
    image,
    ...(config.real && { unlabelled: config.real }),
  };
}

/** Where what belongs to the images of `real` is kept. */
export function realKeys(runId: string) {
  return runKeys(`${runId}/real`);
}

/**
 * @returns the data, its labels numbered as the model numbers its classes
 * @throws ModelError when the model's classes or pictures are others than the data's
 * @throws ConfigurationError when the augmentation does not suit the pictures
 */
export function expectComparable({ config, dataset, model }: PrepareRealInput): DatasetRecord {
  const numbered = expectSameTask('model', model, dataset);
  expectPictures(config, dataset.image);
  return numbered;
}

/**
 * Decodes and packs the images of `real`, as the data set has them.
 * @throws DataError when there are none, or too many of them can't be read; else as {@link expectComparable}
 */
export async function prepareReal(input: PrepareRealInput, step: RunningStep): Promise<DatasetRecord> {
  expectComparable(input);
  const { runId, config, dataset } = input;
  const request = {
    data: realDataOf(config, dataset),
    seed: config.seed,
    keys: realKeys(runId),
    // They lie in folders of any name.
    unlabelledOfAnyClass: true,
  };
  return byFields({ 'data.unlabelled': 'real' }, () => prepareImages(request, step));
}
