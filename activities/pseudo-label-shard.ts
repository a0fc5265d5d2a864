import type { PseudoLabelShard } from '../domain/records.js';
import { openDataset } from '../learning/datasets/open.js';
import { predict } from '../learning/models/predict.js';
import { writeFloats } from '../storage/floats.js';
import { generationKeys } from '../storage/keys.js';
import { readModel, readModelCard } from '../storage/models.js';
import type { PseudoLabelInput } from './contract.js';
import type { RunningStep } from './step-context.js';
import { toldProgress } from './told-progress.js';

/**
 * The teacher's probabilities for a range of the unlabelled images: float32 [images, classes]. Calibrated, where
 * the configuration says so, by the temperature that its own training has fitted.
 */
export async function pseudoLabelShard(
  input: PseudoLabelInput,
  step: RunningStep,
): Promise<PseudoLabelShard> {
  const { runId, config, dataset, generation, teacher, first, images } = input;
  const { onShard, onProgress } = toldProgress(step, { activity: 'pseudo-label', generation, total: images });
  const model = await readModel(step.store, teacher.modelKey);
  const { temperature = 1 } = await readModelCard(step.store, teacher.modelKey);
  const { unlabelled } = await openDataset(dataset, step.store, {
    imagesToRead: (positions) => [positions.unlabelled.slice(first, first + images)],
    onShard,
  });
  const probabilities = await predict({
    model,
    temperature: config.calibration === 'temperature' ? temperature : 1,
    images: unlabelled,
    first,
    count: images,
    signal: step.signal,
    onProgress,
  });
  const key = generationKeys(runId, generation).shard(first);
  await writeFloats(step.store, key, probabilities);
  return { key, first, images };
}
