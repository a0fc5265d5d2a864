import type { DataConfig } from '../../domain/config/data.js';
import { shapeSettings } from '../../domain/config/image-settings.js';
import { expectSameTask } from '../../domain/expect-same-task.js';
import type { GapConfig } from '../../domain/methods/gap.js';
import type { DatasetRecord, OpenedModel } from '../../domain/records.js';
import { expectPictures } from '../../learning/training/batches/expect-augmentable.js';
import { datasetKeys } from '../../storage/keys.js';
import type { ActivityContext } from '../context.js';
import { prepareImages } from '../prepare-images.js';
import type { RunActivityInput } from '../run-input.js';

export interface PrepareRealInput extends RunActivityInput<GapConfig> {
  readonly dataset: DatasetRecord;
  readonly model: OpenedModel;
}

/**
 * Returns the data configuration with `real` as the unlabelled images, in the data set's image shape. Omits the test
 * images, because `real` may name the same ones.
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

/**
 * @returns the data set with labels in the model's class order
 * @throws ModelError if the model's classes or image shape differ from the data's
 * @throws ConfigurationError if the augmentation is not possible for the image shape
 */
export function expectComparable({ config, dataset, model }: PrepareRealInput): DatasetRecord {
  const numbered = expectSameTask('model', model, dataset);
  expectPictures(config, dataset.image);
  return numbered;
}

/**
 * Decodes and packs the images of `real`, in the data set's image shape.
 * @throws DataError if there are none or too many are unreadable; otherwise like {@link expectComparable}
 */
export async function prepareReal(input: PrepareRealInput, context: ActivityContext): Promise<DatasetRecord> {
  expectComparable(input);
  const { runId, config, dataset } = input;
  const request = {
    data: realDataOf(config, dataset),
    seed: config.seed,
    keys: datasetKeys(runId, 'real'),
    // Their folder names are not classes.
    unlabelledOfAnyClass: true,
    fields: { unlabelled: 'real' },
  };
  return prepareImages(request, context);
}
