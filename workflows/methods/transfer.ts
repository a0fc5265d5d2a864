import { asTrainingSpec } from '../../domain/config/training.js';
import type { TransferConfig } from '../../domain/methods/transfer.js';
import {
  type HeadTransfer,
  type TransferChoice,
  type TransferReport,
  type TransferResult,
  WAY_NAMES,
} from '../../domain/methods/transfer.js';
import { percentText } from '../../domain/quantities.js';
import type { DatasetRecord } from '../../domain/records.js';
import type { TrainingPlan } from '../../domain/training-plan.js';
import { promoteThroughGate } from '../enter-registry.js';
import type { RunContext } from '../run-context.js';
import { type Comparisons, settleAll } from './comparisons.js';

type Tuned = Comparisons<'fine-tune', TransferResult>;

/**
 * Transfers a model to other classes: fits a new last layer on its frozen features, then fine-tunes all layers if
 * configured or if the measurements suggest it (linear probing, then fine-tuning: Kumar et al. 2022).
 */
export async function transfer(run: RunContext<TransferConfig>): Promise<TransferReport> {
  const { config, input } = run;
  const from = await run.openModel(config.from, 'source', 'from');
  const dataset = await run.prepareDataset({ model: from });
  const head = await run.onTrainer(
    'fit a head on frozen features',
    (trainer) => trainer.transferHead({ ...input, dataset, from }),
    ({ model }) => `${percentText(model.validation.accuracy)} on validation`,
  );

  const tuned = await tune(run, dataset, head);
  const results: readonly TransferResult[] = [{ way: 'head', model: head.model }, ...tuned.results];
  const choice = chosen(config, head, tuned);
  const best = results.find(({ way }) => way === choice.mode)!;
  const entry = await promoteThroughGate(run, { dataset }, `the ${WAY_NAMES[choice.mode]} model`, best.model);

  const { results: scratch, failed } = await settleAll(
    config.compareWithScratch ? ['scratch'] : [],
    (way) => {
      const start = { kind: 'stored', ...head.untrained, head: 'new' } as const;
      return trained(run, way, { dataset, start, training: asTrainingSpec(config.scratch) });
    },
  );
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
    model: best.model,
    ...entry,
  });
}

/** Fine-tunes all layers, starting from the fitted head; with `auto`, a failure keeps the head. */
async function tune(
  run: RunContext<TransferConfig>,
  dataset: DatasetRecord,
  { model: { modelKey, weightsHash }, choice }: HeadTransfer,
): Promise<Tuned> {
  const { mode, training } = run.config;
  if ((mode === 'auto' ? choice.mode : mode) === 'head') return { results: [], failed: [] };
  const start = { kind: 'stored', modelKey, weightsHash, head: 'kept' } as const;
  const train = (way: 'fine-tune') =>
    trained(run, way, { dataset, start, training: asTrainingSpec(training) });
  return mode === 'auto'
    ? settleAll(['fine-tune'], train)
    : { results: [await train('fine-tune')], failed: [] };
}

async function trained(
  run: RunContext<TransferConfig>,
  way: 'fine-tune' | 'scratch',
  plan: Omit<TrainingPlan, 'name'>,
): Promise<TransferResult> {
  const model = await run.onTrainer(
    way === 'scratch' ? 'train from scratch, to compare' : 'fine-tune all layers',
    (trainer) =>
      trainer.trainModel({ runId: run.runId, seed: run.config.seed, plan: { name: way, ...plan } }),
    ({ validation }) => `${percentText(validation.accuracy)} on validation`,
  );
  return { way, model };
}

/** The configured way; `auto` keeps the head if fine-tuning failed or is no better on validation. */
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
  const kept = `But fine-tuning reached ${percentText(tuned)} on validation, the head alone ${percentText(validation.accuracy)}: the head is kept.`;
  return { mode: 'head', reason: `${choice.reason} ${kept}` };
}

/** Measures each model once on the test images; the choice is made already. */
async function onTest(
  run: RunContext<TransferConfig>,
  dataset: DatasetRecord,
  results: readonly TransferResult[],
): Promise<TransferResult[]> {
  return Promise.all(
    results.map(async ({ way, model }) => {
      const { modelKey } = model;
      const { evaluation } = await run.onTrainer(
        `measure ${way} on test`,
        (trainer) => trainer.measureModel({ runId: run.runId, dataset, modelKey, name: way, split: 'test' }),
        ({ evaluation: { accuracy } }) => percentText(accuracy),
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
