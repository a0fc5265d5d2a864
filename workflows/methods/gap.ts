import { countLeftOut } from '../../domain/left-out.js';
import type { GapConfig, GapReport } from '../../domain/methods/gap.js';
import { percentText } from '../../domain/quantities.js';
import type { RunContext } from '../run-context.js';
import { referenceNumberedAs } from './dataset-reference.js';

/** Measures how far the labelled images are from the real ones, and how much of that gap augmentation closes. */
export async function gap(run: RunContext<GapConfig>): Promise<GapReport> {
  const { input, config } = run;
  const model = await run.openModel(config.model, 'model', 'model');
  const dataset = await run.prepareDataset({ model });
  const real = config.real
    ? await run.onTrainer(
        'prepare the real images',
        (trainer) => trainer.prepareReal({ ...input, dataset, model }),
        ({ leftOut }) => {
          const unreadable = countLeftOut(leftOut, 'unreadable');
          return unreadable > 0 ? `${unreadable} can’t be read` : 'all can be read';
        },
      )
    : undefined;
  const found = await run.onTrainer(
    'compare',
    (trainer) => trainer.measureGap({ ...input, dataset, model, ...(real && { real }) }),
    ({ training, real: others }) => `${training} labelled images with ${others} real ones`,
  );
  const { splitKey, contentHash } = real ?? dataset;
  return run.report<GapReport>({
    summary: summaryOf(found),
    seenBy: config.model,
    ...referenceNumberedAs(model, dataset),
    realDataset: { splitKey, contentHash },
    gap: found,
  });
}

function summaryOf({ features: { clean, reference, augmented } }: GapReport['gap']): string {
  const chance = clean.mmdPValue > 0.05 ? ', which may be chance' : '';
  return `${percentText(clean.uncovered, 1)} of the real images and ${percentText(reference.uncovered, 1)} of the validation images are far from every labelled image; MMD² ${clean.mmdSquared.toFixed(4)}${chance}, ${reference.mmdSquared.toFixed(4)} for validation, ${augmented.mmdSquared.toFixed(4)} with augmentation`;
}
