import type { DataConfig } from '../../domain/config/data.js';
import type { GapConfig } from '../../domain/config/methods/gap.js';
import type { DatasetRecord, ImageShape } from '../../domain/records.js';
import { prepareDataset } from '../../learning/datasets/prepare.js';
import { expectPictures } from '../../learning/training/batches/expect-augmentable.js';
import { ProgressMeter } from '../../learning/training/progress-meter.js';
import { runKeys } from '../../storage/keys.js';
import type { RunningStep } from '../step-context.js';
import { expectSameTask } from './expect-same-task.js';
import type { PrepareRealInput } from './gap-contract.js';

/**
 * The labelled images with those of `real` for the unlabelled, brought to the same size and colour. Without the test
 * images: they may be the real ones.
 */
export function realDataOf(config: GapConfig, { width, height, channels }: ImageShape): DataConfig {
  const { labelled, labelsPerClass, validationPerClass, maxRejectedShare } = config.data;
  const image = { ...config.data.image, width, height, colour: channels === 1 ? 'gray' : 'rgb' } as const;
  return {
    ...{ labelled, labelsPerClass, validationPerClass, maxRejectedShare, image },
    ...(config.real && { unlabelled: config.real }),
  };
}

/**
 * @throws ModelError when the model's classes or pictures are others than the data's
 * @throws ConfigurationError when the augmentation does not suit the pictures
 */
export function expectComparable({ config, dataset, model }: PrepareRealInput): void {
  expectSameTask('model', model, dataset);
  expectPictures(config, dataset.image);
}

/**
 * Decodes and packs the images of `real`, as the data set has them.
 * @throws DataError when there are none, or too many of them can't be read; else as {@link expectComparable}
 */
export async function prepareReal(
  input: PrepareRealInput,
  { store, signal, report }: RunningStep,
): Promise<DatasetRecord> {
  expectComparable(input);
  const { runId, config, dataset } = input;
  const meter = new ProgressMeter();
  return prepareDataset({
    data: realDataOf(config, dataset.image),
    seed: config.seed,
    store,
    keys: runKeys(`${runId}/real`),
    signal,
    onProgress: (done, total) =>
      report({ activity: 'prepare-dataset', generation: 0, done, total, rate: meter.rate(done) }),
  });
}
