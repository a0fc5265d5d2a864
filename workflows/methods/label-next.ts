import type { LabelNextConfig, LabelNextReport } from '../../domain/methods/label-next.js';
import type { RunContext } from '../run-context.js';
import { referenceNumberedAs } from './dataset-reference.js';

/** Chooses the images whose labels would help most. */
export async function labelNext(run: RunContext<LabelNextConfig>): Promise<LabelNextReport> {
  const { input, config } = run;
  const model = await run.openModel(config.model, 'model', 'model');
  const dataset = await run.prepareDataset({ model });
  const chosen = await run.onTrainer(
    'choose images',
    (trainer) => trainer.chooseImages({ ...input, dataset, model }),
    ({ count, candidates }) => `${count} of ${candidates}`,
  );
  const { count, candidates, by } = chosen;
  return run.report<LabelNextReport>({
    summary: `The ${count} most useful of ${candidates} unlabelled images to label, by ${by}.`,
    seenBy: config.model,
    ...referenceNumberedAs(model, dataset),
    ...chosen,
  });
}
