import type { TransferConfig } from '../../domain/config/methods/transfer.js';
import { asTrainingSpec } from '../../domain/config/training.js';
import type { FitPlan } from '../../domain/fit-plan.js';
import {
  type HeadTransfer,
  type TransferChoice,
  type TransferReport,
  type TransferResult,
  WAY_NAMES,
} from '../../domain/methods/transfer.js';
import { percentText } from '../../domain/percent-text.js';
import type { DatasetRecord } from '../../domain/records.js';
import { enterLine } from './enter-line.js';
import { type MethodRun, method } from './method-run.js';
import { type Comparisons, settled } from './settle-comparisons.js';

type Tuned = Comparisons<'fine-tune', TransferResult>;

/**
 * A model goes to other classes: a new last layer on its frozen features, and where that is wanted, or measured to be
 * worth it, all layers learn on from there (linear probing, then fine-tuning: Kumar et al. 2022).
 */
export const transfer = method<TransferConfig, TransferReport>('transfer', async (run) => {
  const { config, input } = run;
  const from = await run.openModel(config.from, 'source', 'from');
  const dataset = await run.prepareDataset(undefined, from);
  const head = await run.step(
    'a head on frozen features',
    (activities) => activities.transferHead({ ...input, dataset, from }),
    ({ model }) => `${percentText(model.validation.accuracy)} on validation`,
  );

  const tuned = await tune(run, dataset, head);
  const results: readonly TransferResult[] = [{ way: 'head', model: head.model }, ...tuned.results];
  const choice = chosen(config, head, tuned);
  const best = results.find(({ way }) => way === choice.mode)!;
  const entry = await enterLine(run, { dataset }, best.model);

  const { results: scratch, failed } = await settled(config.compareWithScratch ? ['scratch'] : [], (way) => {
    const start = { kind: 'stored', modelKey: head.untrainedKey, head: 'new' } as const;
    return trained(run, way, { dataset, model: start, training: asTrainingSpec(config.scratch) });
  });
  const all = [...results, ...scratch];
  const measured = dataset.counts.test > 0 ? await onTest(run, dataset, all) : all;
  return run.report<TransferReport>({
    summary: summaryOf(choice, measured),
    from,
    dataset,
    mode: config.mode,
    choice,
    measures: head.measures,
    weightDecay: head.weightDecay,
    trials: head.trials,
    results: measured,
    ...(failed.length > 0 && { failed }),
    model: { modelKey: best.model.modelKey },
    ...entry,
  });
});

/** Trains all layers on from the head, where that is wanted; under `auto` the head is there if it fails. */
async function tune(
  run: MethodRun<TransferConfig>,
  dataset: DatasetRecord,
  { model: { modelKey }, choice }: HeadTransfer,
): Promise<Tuned> {
  const { mode, training } = run.config;
  if ((mode === 'auto' ? choice.mode : mode) === 'head') return { results: [], failed: [] };
  const start = { kind: 'stored', modelKey, head: 'kept' } as const;
  const train = (way: 'fine-tune') =>
    trained(run, way, { dataset, model: start, training: asTrainingSpec(training) });
  return mode === 'auto'
    ? settled(['fine-tune'], train)
    : { results: [await train('fine-tune')], failed: [] };
}

async function trained(
  run: MethodRun<TransferConfig>,
  way: 'fine-tune' | 'scratch',
  plan: Omit<FitPlan, 'name'>,
): Promise<TransferResult> {
  const model = await run.step(
    way === 'scratch' ? 'train from scratch, to compare' : 'fine-tune all layers',
    (activities) => activities.fitModel({ ...run.input, plan: { name: way, ...plan } }),
    ({ validation }) => `${percentText(validation.accuracy)} on validation`,
  );
  return { way, model };
}

/** As asked for; `auto` keeps the head where fine-tuning failed, or was no better on validation. */
export function chosen(
  { mode }: Pick<TransferConfig, 'mode'>,
  { choice, model: { validation } }: Pick<HeadTransfer, 'choice' | 'model'>,
  { results: [result], failed: [failure] }: Tuned,
): TransferChoice {
  if (mode !== 'auto') return { mode, reason: `As configured (mode: ${mode}).` };
  if (failure) {
    const kept = `But fine-tuning failed (${failure.reason}): the head is kept.`;
    return { mode: 'head', reason: `${choice.reason} ${kept}` };
  }
  const tuned = result?.model.validation.accuracy;
  if (tuned === undefined || tuned >= validation.accuracy) return choice;
  const kept = `But fine-tuned it is ${percentText(tuned)} right on validation, the head alone ${percentText(validation.accuracy)}: the head is kept.`;
  return { mode: 'head', reason: `${choice.reason} ${kept}` };
}

/** Each way's model once on the test images, which choose nothing. */
async function onTest(
  run: MethodRun<TransferConfig>,
  dataset: DatasetRecord,
  results: readonly TransferResult[],
): Promise<TransferResult[]> {
  return Promise.all(
    results.map(async ({ way, model }) => {
      const { modelKey } = model;
      const { evaluation } = await run.step(
        `measure ${way} on test`,
        (activities) =>
          activities.measureModel({ ...run.input, dataset, modelKey, name: way, split: 'test' }),
        ({ evaluation: { accuracy } }) => `${percentText(accuracy)} right`,
      );
      return { way, model, test: evaluation };
    }),
  );
}

function summaryOf({ mode, reason }: TransferChoice, results: readonly TransferResult[]): string {
  const onWhat = results[0]!.test ? 'test' : 'validation';
  const accuracies = [...results]
    .sort((a, b) => Number(b.way === mode) - Number(a.way === mode))
    .map(({ way, model, test }) => `${WAY_NAMES[way]} ${percentText((test ?? model.validation).accuracy)}`);
  return `${accuracies.join(', ')} on ${onWhat}. ${reason}`;
}
