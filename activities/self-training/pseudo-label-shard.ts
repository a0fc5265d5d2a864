import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';
import type { PseudoLabelShard } from '../../domain/pseudo-labels.js';
import type { DatasetReference, TrainedModel } from '../../domain/records.js';
import { openDataset } from '../../learning/datasets/open.js';
import { predict } from '../../learning/models/predict.js';
import { writeFloats } from '../../storage/floats.js';
import { generationKeys } from '../../storage/keys.js';
import { readModel, readModelCard } from '../../storage/models.js';
import type { ActivityContext } from '../context.js';
import { imageProgress } from '../image-progress.js';
import type { RunActivityInput } from '../run-input.js';

export interface PseudoLabelInput extends RunActivityInput<SelfTrainingConfig> {
  /** References only: the history holds the inputs of up to a thousand shards. */
  readonly dataset: DatasetReference;
  readonly generation: number;
  readonly teacher: Pick<TrainedModel, 'modelKey'>;
  /** Position of the shard among the unlabelled images. */
  readonly first: number;
  readonly images: number;
}

/**
 * Stores the teacher's probabilities for a range of the unlabelled images: float32 [images, classes], calibrated by its
 * temperature unless `calibration` is none.
 */
export async function pseudoLabelShard(
  input: PseudoLabelInput,
  context: ActivityContext,
): Promise<PseudoLabelShard> {
  const { runId, config, dataset, generation, teacher, first, images } = input;
  const { onShard, onProgress } = imageProgress(context);
  const model = await readModel(context.store, teacher.modelKey);
  const { temperature } = await readModelCard(context.store, teacher.modelKey);
  const { unlabelled } = await openDataset(dataset, context.store, {
    imagesToRead: (positions) => [positions.unlabelled.slice(first, first + images)],
    onShard,
  });
  const probabilities = await predict({
    model,
    temperature: config.calibration === 'temperature' ? temperature : 1,
    images: unlabelled,
    first,
    count: images,
    signal: context.signal,
    onProgress,
  });
  const name = generationKeys(runId, generation).shard(first);
  const { key } = await writeFloats(context.store, name, probabilities);
  return { key, first, images };
}
