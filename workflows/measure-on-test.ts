import type { DatasetRecord } from '../domain/records.js';
import type { RunState } from './run-state.js';

/** Measures every generation on the test images: once, when everything is decided. */
export async function measureOnTest(run: RunState, dataset: DatasetRecord): Promise<void> {
  if (dataset.counts.test === 0) return;
  run.update({ status: 'testing' });
  const { pause, steps, step } = run;
  await Promise.all(
    run.generations.map(async ({ generation, model: { modelKey } }) => {
      const test = await pause.interruptible(() =>
        steps
          .training(`measure generation ${generation} on test`)
          .evaluateModel({ ...step, dataset, generation, modelKey, split: 'test' }),
      );
      run.addTest(generation, test);
    }),
  );
}
