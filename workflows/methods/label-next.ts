import type { LabelNextConfig } from '../../domain/config/methods/label-next.js';
import type { LabelNextReport } from '../../domain/methods/label-next.js';
import { method } from './method-run.js';
import { referenceAs } from './reference-as.js';

/** Which images a person labels next, so that the labels help most. */
export const labelNext = method<LabelNextConfig, LabelNextReport>('labelNext', async (run) => {
  const { input, config } = run;
  const model = await run.openModel(config.model, 'model', 'model');
  const dataset = await run.prepareDataset(undefined, model);
  const chosen = await run.step(
    'choose images',
    (activities) => activities.chooseImages({ ...input, dataset, model }),
    ({ count, candidates }) => `${count} of ${candidates}`,
  );
  const { count, candidates, by } = chosen;
  return run.report<LabelNextReport>({
    summary: `${count} of ${candidates} unlabelled images are worth a label most, by ${by}`,
    seenBy: config.model,
    ...referenceAs(model, dataset),
    ...chosen,
  });
});
