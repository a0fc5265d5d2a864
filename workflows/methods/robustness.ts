import type { CorruptionName } from '../../domain/corruption.js';
import type { RobustnessReport } from '../../domain/methods/robustness.js';
import {
  fieldOf,
  imagesMeasured,
  type Robustness,
  type RobustnessConfig,
} from '../../domain/methods/robustness.js';
import { percentText } from '../../domain/quantities.js';
import type { OpenedModel } from '../../domain/records.js';
import { AT_ONCE, inLanes } from '../lanes.js';
import type { RunContext } from '../run-context.js';
import { startLimit } from '../start-limit.js';

/**
 * Measures accuracy under corruptions (Hendrycks and Dietterich 2019): all models on the same pictures, clean and with
 * each corruption and severity; reports errors relative to the baseline's.
 */
export async function robustness(run: RunContext<RobustnessConfig>): Promise<RobustnessReport> {
  const { config, input } = run;
  const baseline = config.baseline ?? config.models[0]!;
  const models: OpenedModel[] = [];
  for (const [place, reference] of [...new Set([baseline, ...config.models])].entries()) {
    models.push(await run.openModel(reference, `model-${place}`, fieldOf(reference, config)));
  }
  const dataset = await run.prepareDataset({ model: models[0]! });

  const limit = startLimit();
  const measureAll = async (corruption?: CorruptionName) => {
    const measured: Array<readonly Robustness[]> = [];
    await inLanes(
      [...models.entries()],
      AT_ONCE,
      async ([place, model]) => {
        measured[place] = await run
          .trainer(`${model.reference}: ${corruption ?? 'clean'}`)
          .measureRobustness({ ...input, dataset, model, ...(corruption && { corruption }) });
      },
      { limit },
    );
    return measured;
  };
  // Clean pictures first, to fail early if a model does not fit the data.
  const clean = await run.stage('clean pictures', () => measureAll(), accuracyText);
  const corrupted: Array<{ corruption: CorruptionName; measured: Array<readonly Robustness[]> }> = [];
  const lanes = Math.ceil(AT_ONCE / models.length);
  await inLanes([...config.corruptions.entries()], lanes, async ([place, corruption]) => {
    const measured = await run.stage(corruption, () => measureAll(corruption), accuracyText);
    corrupted[place] = { corruption, measured };
  });

  const finding = await run.orchestrator('relate the errors').concludeRobustness({
    models: models.map(({ reference, modelKey, parameters }, place) => ({
      reference,
      modelKey,
      parameters,
      clean: clean[place]![0]!,
      corrupted: corrupted.flatMap(({ corruption, measured }) =>
        measured[place]!.map((found, at) => ({ corruption, severity: config.severities[at]!, ...found })),
      ),
    })),
  });
  const { splitKey, contentHash } = dataset;
  return run.report<RobustnessReport>({
    dataset: { splitKey, contentHash },
    split: config.split,
    images: imagesMeasured(config, dataset.counts),
    seed: config.seed,
    baseline,
    ...finding,
  });
}

/** Mean accuracy of each model. */
function accuracyText(measured: readonly (readonly { readonly accuracy: number }[])[]): string {
  const means = measured.map((of) => of.reduce((sum, { accuracy }) => sum + accuracy, 0) / of.length);
  return means.map((mean) => percentText(mean, 1)).join(', ');
}
