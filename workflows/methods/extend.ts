import { patched } from '@temporalio/workflow';
import type { Contest } from '../../activities/contract.js';
import type { MeasuredTasks, PreparedExtension } from '../../activities/methods/extend-contract.js';
import { headOnly } from '../../domain/config/layers.js';
import { comparedWith, type ExtendConfig, newClassesNeeded } from '../../domain/config/methods/extend.js';
import { asTrainingSpec } from '../../domain/config/training.js';
import type { FitPlan } from '../../domain/fit-plan.js';
import {
  type BothTasks,
  type ExtendReport,
  type ExtensionName,
  type ExtensionResult,
  forgettingOf,
} from '../../domain/methods/extend.js';
import type { OpenedModel } from '../../domain/methods.js';
import { percentText } from '../../domain/percent-text.js';
import { enterLine } from './enter-line.js';
import { extensionSummary } from './extension-summary.js';
import { type MethodRun, method } from './method-run.js';
import { settled } from './settle-comparisons.js';

/** What each way is called where its stages are shown. */
const TITLES: Readonly<Record<ExtensionName, string>> = {
  retention: 'learn without forgetting',
  'fine-tuning': 'fine-tune, to compare',
  'head-only': 'train the new outputs alone, to compare',
  joint: 'train on old and new pictures, to compare',
};

/** A model learns more classes without forgetting those it knows (Li and Hoiem 2016). */
export const extend = method<ExtendConfig, ExtendReport>('extend', async (run) => {
  const { config, input } = run;
  const from = await run.openModel(config.from, 'old', 'from');
  const newImages = await run.prepareDataset(undefined, from, newClassesNeeded(config));
  const prepared = await run.step('join old and new classes', (activities) =>
    activities.prepareExtension({ ...input, dataset: newImages, from }),
  );
  const before = prepared.old && (await measure(run, prepared, 'before', from));
  const learn = (name: ExtensionName) => learnBy(run, name, { prepared, from, before });
  const learning = learn('retention');
  const comparing = settled(comparedWith(config), learn);
  const retention = await learning;
  const entry = await enterLine(run, contestOf(prepared), retention.model);
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
});

/** On both tasks; where there are no images of the old one, a model that has forgotten it must not win by that. */
function contestOf({ dataset, old, oldClasses }: PreparedExtension): Contest {
  return { dataset, ...(old ? { more: old } : { unseenClasses: oldClasses.length }) };
}

interface Known {
  readonly prepared: PreparedExtension;
  readonly from: OpenedModel;
  readonly before: MeasuredTasks | undefined;
}

/** Trains one way, and measures it on both tasks. */
async function learnBy(
  run: MethodRun<ExtendConfig>,
  name: ExtensionName,
  { prepared, from, before }: Known,
): Promise<ExtensionResult> {
  const plan = planOf(name, run.config, prepared, from);
  const model = await run.step(TITLES[name], (activities) => activities.fitModel({ ...run.input, plan }));
  const { validation, test } = await measure(run, prepared, name, model);
  return {
    name,
    model,
    validation: bothTasks(validation, before?.validation),
    ...(test.new && { test: bothTasks(test, before?.test) }),
  };
}

function measure(
  run: MethodRun<ExtendConfig>,
  prepared: PreparedExtension,
  name: ExtensionName | 'before',
  { modelKey }: Pick<OpenedModel, 'modelKey'>,
): Promise<MeasuredTasks> {
  return run.step(
    name === 'before' ? 'measure the old model' : `measure: ${TITLES[name]}`,
    (activities) => activities.measureTasks({ ...run.input, prepared, modelKey, name }),
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

/** A comparison that began before they were held goes on without: its checkpoints have moved them. */
function holdsOldOutputs(): boolean {
  return patched('head-only-holds-old-outputs');
}

/** All start from the old model with outputs for the new classes beside the old ones. */
function planOf(
  name: ExtensionName,
  config: ExtendConfig,
  { dataset, old, oldClasses, responses }: PreparedExtension,
  { modelKey }: OpenedModel,
): FitPlan {
  const { temperature, heads, views, weight } = config;
  const training = asTrainingSpec(config.training);
  const shared = { name, dataset, model: { kind: 'stored', modelKey, head: 'extended' } } as const;
  const objective = { kind: 'retain', oldClasses: oldClasses.length, temperature, heads, views } as const;
  switch (name) {
    case 'retention':
      return {
        ...shared,
        training,
        objective: { ...objective, weight },
        ...(responses ? { responses } : { teacherKeys: [modelKey] }),
      };
    case 'fine-tuning':
      return { ...shared, training, objective: { ...objective, weight: 0 } };
    case 'head-only':
      return {
        ...shared,
        training: { ...training, layers: headOnly(config.training.layers) },
        objective: { ...objective, weight: 0, ...(holdsOldOutputs() && { oldOutputs: 'held' }) },
      };
    case 'joint':
      return { ...shared, training, ...(old && { more: old }) };
  }
}
