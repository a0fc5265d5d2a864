import { fieldOf, imagesMeasured, type RobustnessConfig } from '../../domain/config/methods/robustness.js';
import type { CorruptionName } from '../../domain/corruption.js';
import type { RobustnessReport } from '../../domain/methods/robustness.js';
import type { OpenedModel } from '../../domain/methods.js';
import { percentText } from '../../domain/percent-text.js';
import { stepsOf } from '../activities.js';
import { method } from './method-run.js';

/**
 * Accuracy under corruptions (Hendrycks and Dietterich 2019): each model on the same pictures, clean and spoilt in
 * each way and strength, its errors relative to the baseline's.
 */
export const robustness = method<RobustnessConfig, RobustnessReport>('robustness', async (run) => {
  const { config, input, pause } = run;
  const steps = stepsOf(config);
  const baseline = config.baseline ?? config.models[0]!;
  const models: OpenedModel[] = [];
  for (const [place, reference] of [...new Set([baseline, ...config.models])].entries()) {
    models.push(await run.openModel(reference, `model-${place}`, fieldOf(reference, config)));
  }
  const dataset = await run.prepareDataset(undefined, models[0]);

  const measureAll = (corruption?: CorruptionName) =>
    Promise.all(
      models.map((model) =>
        pause.interruptible(() =>
          steps
            .training(`${model.reference}: ${corruption ?? 'clean'}`)
            .measureRobustness({ ...input, dataset, model, ...(corruption && { corruption }) }),
        ),
      ),
    );
  // Clean first: a model that does not fit the data is found before the long work.
  const clean = await run.stage('clean pictures', () => measureAll(), accuracyText);
  const corrupted = await Promise.all(
    config.corruptions.map(async (corruption) => {
      const measured = await run.stage(corruption, () => measureAll(corruption), accuracyText);
      return { corruption, measured };
    }),
  );

  const finding = await run.quick('relate the errors', (activities) =>
    activities.concludeRobustness({
      ...input,
      models: models.map(({ reference, modelKey, parameters }, place) => ({
        reference,
        modelKey,
        parameters,
        clean: clean[place]![0]!,
        corrupted: corrupted.flatMap(({ corruption, measured }) =>
          measured[place]!.map((found, at) => ({ corruption, severity: config.severities[at]!, ...found })),
        ),
      })),
    }),
  );
  const { splitKey, contentHash } = dataset;
  return run.report<RobustnessReport>({
    dataset: { splitKey, contentHash },
    split: config.split,
    images: imagesMeasured(config, dataset.counts),
    seed: config.seed,
    baseline,
    ...finding,
  });
});

/** Mean accuracy of each model. */
function accuracyText(measured: readonly (readonly { readonly accuracy: number }[])[]): string {
  const means = measured.map((of) => of.reduce((sum, { accuracy }) => sum + accuracy, 0) / of.length);
  return `${means.map((mean) => percentText(mean, 1)).join(', ')} right`;
}
