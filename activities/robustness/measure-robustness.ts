import type { CorruptionName } from '../../domain/corruption.js';
import { DataError } from '../../domain/errors.js';
import { expectSameTask } from '../../domain/expect-same-task.js';
import {
  fieldOf,
  imagesMeasured,
  type Robustness,
  type RobustnessConfig,
} from '../../domain/methods/robustness.js';
import type { DatasetRecord, OpenedModel } from '../../domain/records.js';
import { drawPositions } from '../../learning/corruptions/draw-positions.js';
import { openDataset } from '../../learning/datasets/open.js';
import { measureRobustness as measure } from '../../learning/evaluation/robustness.js';
import { openClassifier } from '../../learning/models/predict.js';
import { readModel, readModelCard } from '../../storage/models.js';
import type { ActivityContext } from '../context.js';
import { imageProgress } from '../image-progress.js';
import type { RunActivityInput } from '../run-input.js';

export interface MeasureRobustnessInput extends RunActivityInput<RobustnessConfig> {
  readonly dataset: DatasetRecord;
  readonly model: OpenedModel;
  /** Absent for clean pictures. */
  readonly corruption?: CorruptionName;
}

/**
 * Evaluates a model on clean pictures, or under one corruption at each severity.
 * @throws ModelError if its classes or image shape differ from the data's
 * @throws DataError if the split has no pictures
 */
export async function measureRobustness(
  { config, dataset, model, corruption }: MeasureRobustnessInput,
  context: ActivityContext,
): Promise<readonly Robustness[]> {
  const { store, signal } = context;
  const { seed, split, severities } = config;
  expectImages(dataset, split);
  const numbered = expectSameTask(fieldOf(model.reference, config), model, dataset);
  const kinds = corruption ? severities.map((severity) => ({ corruption, severity, seed })) : [undefined];
  const total = kinds.length * imagesMeasured(config, dataset.counts);
  const { onShard, onProgress, endPart } = imageProgress(context, total);
  const { [split]: images } = await openDataset(numbered, store, {
    imagesToRead: (all) => [all[split]],
    onShard,
  });
  const positions = drawPositions(images, config.images, seed);
  const { temperature } = await readModelCard(store, model.modelKey);
  const opened = await openClassifier(await readModel(store, model.modelKey), images.shape);
  try {
    const measured: Robustness[] = [];
    for (const plan of kinds) {
      measured.push(
        await measure({
          model: opened,
          temperature,
          images,
          positions,
          ...(plan && { plan }),
          signal,
          onProgress,
        }),
      );
      endPart(positions.length);
    }
    return measured;
  } finally {
    opened.dispose();
  }
}

function expectImages({ counts }: DatasetRecord, split: 'test' | 'validation'): void {
  if (counts[split] > 0) return;
  const instead = split === 'test' ? ': give data.test, or set split to validation' : '';
  throw new DataError(`data.${split}: received no images, expected some to measure on${instead}`);
}
