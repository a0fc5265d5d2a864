import { DataError } from '../../domain/errors.js';
import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';
import { limitClassCounts } from '../../domain/pseudo-label-counts.js';
import type { PseudoLabelRecord, PseudoLabelShard } from '../../domain/pseudo-labels.js';
import type { DatasetRecord } from '../../domain/records.js';
import { countByClass } from '../../learning/datasets/image-set.js';
import { openLabels } from '../../learning/datasets/open-labels.js';
import { writePseudoLabels } from '../../learning/pseudo-labels/pack.js';
import { selectPseudoLabels as select } from '../../learning/pseudo-labels/select.js';
import { readFloats } from '../../storage/floats.js';
import { generationKeys } from '../../storage/keys.js';
import { writeClassCounts } from '../../storage/runs.js';
import type { ActivityContext } from '../context.js';
import type { RunActivityInput } from '../run-input.js';

export interface SelectInput extends RunActivityInput<SelfTrainingConfig> {
  readonly dataset: DatasetRecord;
  readonly generation: number;
  readonly shards: readonly PseudoLabelShard[];
}

/**
 * Applies thresholds to the probabilities of all shards and balances the classes.
 * @throws DataError if the shards don't cover all unlabelled images exactly once, or no image is kept
 */
export async function selectPseudoLabels(
  input: SelectInput,
  context: Pick<ActivityContext, 'store' | 'report'>,
): Promise<PseudoLabelRecord> {
  const { store } = context;
  const { runId, config, dataset, generation, shards } = input;
  const { classes, counts } = dataset;
  const { labelled } = await openLabels(dataset, store);
  const { pseudoLabels, record } = select({
    probabilities: await joined(context, shards, counts.unlabelled, classes.length),
    classes,
    config: config.pseudoLabels,
    labelsPerClass: countByClass(labelled, classes.length),
    seed: config.seed,
    generation,
  });
  if (record.examples === 0) {
    throw new DataError(
      `pseudo-labels: none of ${record.images} unlabelled images is kept for generation ${generation}, expected some to train on: lower pseudoLabels.threshold (now ${config.pseudoLabels.threshold}), or train the teacher longer`,
    );
  }
  const keys = generationKeys(runId, generation);
  const stored = await writePseudoLabels(store, keys.pseudoLabels, pseudoLabels);
  await writeClassCounts(store, keys.pseudoLabelCounts, record.byClass);
  return { ...stored, ...record, ...limitClassCounts(record.byClass) };
}

/** Joins the probabilities of all shards in order of position. */
async function joined(
  { store, report }: Pick<ActivityContext, 'store' | 'report'>,
  shards: readonly PseudoLabelShard[],
  images: number,
  classes: number,
): Promise<Float32Array> {
  const probabilities = new Float32Array(images * classes);
  let next = 0;
  for (const shard of [...shards].sort((a, b) => a.first - b.first)) {
    if (shard.first !== next)
      throw new DataError(
        `pseudo-label shards: received one that begins at image ${shard.first}, expected ${next}`,
      );
    next += shard.images;
    if (next > images) break;
    probabilities.set(await readFloats(store, shard.key, shard.images * classes), shard.first * classes);
    report({ done: next, rate: 0 });
  }
  if (next !== images)
    throw new DataError(
      `pseudo-label shards: received ${next} images, expected all ${images} unlabelled ones`,
    );
  return probabilities;
}
