import {
  generationFolder,
  type SelfTrainingConfig,
  TEST_STAGE,
} from '../../../domain/methods/self-training.js';
import type { DatasetRecord } from '../../../domain/records.js';
import { AT_ONCE, inLanes } from '../../lanes.js';
import type { RunContext } from '../../run-context.js';
import type { Generations } from './generations.js';

/** Measures every generation on the test images, once, after all decisions. */
export async function measureOnTest(
  run: RunContext<SelfTrainingConfig>,
  dataset: DatasetRecord,
  generations: Generations,
): Promise<void> {
  if (dataset.counts.test === 0) return;
  await run.stage(TEST_STAGE, () =>
    inLanes(generations.records, AT_ONCE, async ({ generation, model: { modelKey } }) => {
      const name = generationFolder(generation);
      const { evaluation } = await run
        .trainer(`measure ${name} on test`)
        .measureModel({ runId: run.runId, dataset, modelKey, name, split: 'test' });
      generations.addTest(generation, evaluation);
    }),
  );
}
