import type { MeasuredTasks } from '../../activities/extend/measure-tasks.js';
import type { PreparedExtension } from '../../activities/extend/prepare-extension.js';
import type { Contest } from '../../activities/judge.js';
import { headOnly } from '../../domain/config/layers.js';
import { asTrainingSpec } from '../../domain/config/training.js';
import {
  type BothTasks,
  comparedWith,
  type ExtendConfig,
  type ExtendReport,
  type ExtensionName,
  type ExtensionResult,
  forgettingOf,
  newClassesNeeded,
} from '../../domain/methods/extend.js';
import { percentText } from '../../domain/quantities.js';
import type { OpenedModel } from '../../domain/records.js';
import type { TrainingPlan } from '../../domain/training-plan.js';
import { promoteThroughGate } from '../enter-registry.js';
import type { RunContext } from '../run-context.js';
import { settleAll } from './comparisons.js';
import { extensionSummary } from './extend/summary.js';

/** Names of the stages. */
const TITLES: Readonly<Record<ExtensionName, string>> = {
  retention: 'learn without forgetting',
  'fine-tuning': 'fine-tune, to compare',
  'head-only': 'train the new outputs alone, to compare',
  joint: 'train on old and new pictures, to compare',
};

/** A model learns more classes without forgetting those it knows (Li and Hoiem 2016). */
export async function extend(run: RunContext<ExtendConfig>): Promise<ExtendReport> {
  const { config, input } = run;
  const from = await run.openModel(config.from, 'old', 'from');
  const newImages = await run.prepareDataset({ model: from, classesNeeded: newClassesNeeded(config) });
  const prepared = await run.onTrainer('join old and new classes', (trainer) =>
    trainer.prepareExtension({ ...input, dataset: newImages, from }),
  );
  const before = prepared.old && (await measure(run, prepared, 'before', from));
  const learn = (name: ExtensionName) => learnBy(run, name, { prepared, from, before });
  const learning = learn('retention');
  const comparing = settleAll(comparedWith(config), learn);
  const retention = await learning;
  const entry = await promoteThroughGate(run, contestOf(prepared), 'the extended model', retention.model);
  const { results: others, failed } = await comparing;
  const results = [retention, ...others];
  return run.report<ExtendReport>({
    summary: extensionSummary(results, before),
    dataset: prepared.dataset,
    ...(prepared.old && { oldDataset: prepared.old }),
    from: from.reference,
    oldClasses: prepared.oldClasses,
    newClasses: newImages.classes,
    ...(before?.validation.old && {
      before: { validation: before.validation.old, ...(before.test.old && { test: before.test.old }) },
    }),
    results,
    ...(failed.length > 0 && { failed }),
    model: retention.model,
    ...entry,
  });
}

/** Compares on both tasks. Without images of the old task, forgetting it must not count as a gain. */
function contestOf({ dataset, old, oldClasses }: PreparedExtension): Contest {
  return { dataset, ...(old ? { secondDataset: old } : { unseenClasses: oldClasses.length }) };
}

interface Context {
  readonly prepared: PreparedExtension;
  readonly from: OpenedModel;
  readonly before: MeasuredTasks | undefined;
}

/** Trains by one approach and measures the model on both tasks. */
async function learnBy(
  run: RunContext<ExtendConfig>,
  name: ExtensionName,
  { prepared, from, before }: Context,
): Promise<ExtensionResult> {
  const plan = planOf(name, run.config, prepared, from);
  const model = await run.onTrainer(TITLES[name], (trainer) =>
    trainer.trainModel({ runId: run.runId, seed: run.config.seed, plan }),
  );
  const { validation, test } = await measure(run, prepared, name, model);
  return {
    name,
    model,
    validation: bothTasks(validation, before?.validation),
    ...(test.new && { test: bothTasks(test, before?.test) }),
  };
}

function measure(
  run: RunContext<ExtendConfig>,
  prepared: PreparedExtension,
  name: ExtensionName | 'before',
  { modelKey }: Pick<OpenedModel, 'modelKey'>,
): Promise<MeasuredTasks> {
  return run.onTrainer(
    name === 'before' ? 'measure the old model' : `measure: ${TITLES[name]}`,
    (trainer) => trainer.measureTasks({ runId: run.runId, prepared, modelKey, name }),
    ({ validation: { old, new: learnt } }) =>
      [learnt && `new ${percentText(learnt.within, 1)}`, old && `old ${percentText(old.within, 1)}`]
        .filter(Boolean)
        .join(', '),
  );
}

function bothTasks(
  { new: learnt, old }: MeasuredTasks['validation'],
  before: MeasuredTasks['validation'] | undefined,
): BothTasks {
  const forgetting = old && before?.old && forgettingOf(before.old, old);
  return { new: learnt!, ...(old && { old }), ...(forgetting && { forgetting }) };
}

/** All approaches start from the old model with added outputs for the new classes. */
function planOf(
  name: ExtensionName,
  config: ExtendConfig,
  { dataset, old, oldClasses, responses }: PreparedExtension,
  { modelKey, weightsHash }: OpenedModel,
): TrainingPlan {
  const { temperature, heads, views, weight } = config;
  const training = asTrainingSpec(config.training);
  const weights = { modelKey, weightsHash };
  const shared = { name, dataset, start: { kind: 'stored', ...weights, head: 'extended' } } as const;
  const objective = { kind: 'retain', oldClasses: oldClasses.length, temperature, heads, views } as const;
  switch (name) {
    case 'retention':
      return {
        ...shared,
        training,
        objective: { ...objective, weight },
        ...(responses ? { responses } : { teachers: [weights] }),
      };
    case 'fine-tuning':
      return { ...shared, training, objective: { ...objective, weight: 0 } };
    case 'head-only':
      return {
        ...shared,
        training: { ...training, layers: headOnly(config.training.layers) },
        objective: { ...objective, weight: 0, oldOutputs: 'held' },
      };
    case 'joint':
      return { ...shared, training, ...(old && { secondDataset: old }) };
  }
}
