import { z } from 'zod';
import { runBase } from '../domain/config/base.js';
import { isMapping } from '../domain/config/known-keys.js';
import { distillConfig } from '../domain/config/methods/distill.js';
import { extendConfig } from '../domain/config/methods/extend.js';
import { gapConfig } from '../domain/config/methods/gap.js';
import { labelNextConfig } from '../domain/config/methods/label-next.js';
import { robustnessConfig } from '../domain/config/methods/robustness.js';
import { searchConfig } from '../domain/config/methods/search.js';
import { transferConfig } from '../domain/config/methods/transfer.js';
import { runTeacher } from '../domain/config/run-teacher.js';
import { studentTraining } from '../domain/config/training.js';
import { begunRunConfig } from '../domain/config.js';
import { CORRUPTIONS } from '../domain/corruption.js';
import { ConfigurationError } from '../domain/errors.js';
import type { OrchestrationActivities, TrainingActivities } from './contract.js';

type Activities = TrainingActivities & OrchestrationActivities;
type InputOf<Name extends keyof Activities> = Parameters<Activities[Name]>[0];

const key = z.string().min(1);
const count = z.int().min(0);
const generation = count;

const datasetReference = { splitKey: key, contentHash: z.string().min(1) };
const dataset = z.looseObject({
  ...datasetReference,
  classes: z.array(z.string()).min(1),
  image: z.looseObject({ height: z.int().min(1), width: z.int().min(1), channels: z.literal([1, 3]) }),
  counts: z.looseObject({ labelled: count, validation: count, unlabelled: count, test: count }),
});
const model = z.looseObject({
  modelKey: key,
  generation,
  parameters: count,
  validationPredictionsKey: key,
  weightsHash: z.string().min(1),
});
const named = z.looseObject({ name: z.string(), modelKey: key });
const contestant = z.looseObject({ validationPredictionsKey: key });
const name = z.string().regex(/^[^./\\][^/\\]*$/, 'expected a name without slashes');
const step = { runId: name, config: begunRunConfig };
/** What is done for any method. */
const anyStep = {
  runId: name,
  config: z.looseObject({
    ...runBase,
    teacher: runTeacher.optional(),
    student: studentTraining.optional(),
  }),
};
const openedModel = z.looseObject({ reference: z.string(), modelKey: key, outputs: count });
const plan = z.looseObject({
  name,
  dataset,
  model: z.looseObject({ kind: z.string() }),
  training: z.looseObject({ steps: z.int().min(1) }),
  stopAt: z.int().min(1).optional(),
});

/** A method's configuration. Work that began earlier may hold words that only a run obeys; it did nothing with them. */
function begun<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((config) => {
    if (!isMapping(config) || !isMapping(config['gate'])) return config;
    const { otherwise: _, approval: __, ...gate } = config['gate'];
    return { ...config, gate };
  }, schema);
}

const distillStep = { runId: name, config: begun(distillConfig) };
const extendStep = { runId: name, config: begun(extendConfig) };
const gapStep = { runId: name, config: begun(gapConfig) };
const searchStep = { runId: name, config: begun(searchConfig) };
const finalist = z.looseObject({ trial: count, modelKey: key, validationPredictionsKey: key });

/** What each activity needs to find in its input; more may be there. */
const INPUTS: { readonly [Name in keyof Activities]: z.ZodType } = {
  prepareDataset: z.looseObject({
    ...anyStep,
    classesNeeded: z.looseObject({ atLeast: z.literal([1, 2]), because: z.string().optional() }).optional(),
    teacher: openedModel.optional(),
  }),
  trainModel: z.looseObject({
    ...step,
    dataset,
    generation,
    pseudoLabels: z.looseObject({ key }).optional(),
    teacher: model.optional(),
  }),
  adoptTeacher: z.looseObject({ ...step, dataset, generation, from: openedModel }),
  pseudoLabelShard: z.looseObject({
    ...step,
    dataset: z.looseObject(datasetReference),
    generation,
    teacher: z.looseObject({ modelKey: key }),
    first: count,
    images: z.int().min(1),
  }),
  evaluateModel: z.looseObject({
    ...step,
    dataset,
    generation,
    modelKey: key,
    split: z.literal(['validation', 'test']),
  }),
  selectPseudoLabels: z.looseObject({
    ...step,
    dataset,
    generation,
    shards: z.array(z.looseObject({ key, first: count, images: z.int().min(1) })),
  }),
  findReigning: z.looseObject({ ...anyStep, dataset }),
  measureReigning: z.looseObject({
    ...anyStep,
    dataset,
    more: dataset.optional(),
    reigning: z.looseObject({ modelKey: key, version: z.int().min(1), classes: z.array(z.string()).min(1) }),
  }),
  judge: z.looseObject({
    ...anyStep,
    dataset,
    more: dataset.optional(),
    unseenClasses: count.optional(),
    champion: contestant,
    challenger: contestant,
  }),
  promote: z.looseObject({
    ...anyStep,
    dataset,
    model,
    from: named.optional(),
    reason: z.string().optional(),
    by: z.string(),
    met: z.int().min(1).nullable().optional(),
  }),
  writeReport: z.looseObject({
    ...step,
    report: z.looseObject({ dataset, generations: z.array(z.looseObject({ generation })) }),
  }),
  fitModel: z.looseObject({ ...anyStep, plan }),
  openModel: z.looseObject({
    ...anyStep,
    reference: z.string().min(1),
    name,
    field: z.string().min(1).optional(),
  }),
  measureModel: z.looseObject({
    ...anyStep,
    dataset,
    more: dataset.optional(),
    modelKey: key,
    name,
    split: z.literal(['validation', 'test']),
  }),
  planSearch: z.looseObject({ ...searchStep, dataset }),
  trainingOfTrial: z.looseObject({ ...searchStep, trial: count }),
  closeRung: z.looseObject({ ...searchStep, rung: count, results: z.array(z.looseObject({ trial: count })) }),
  concludeSearch: z.looseObject({ ...searchStep, dataset, best: finalist, base: finalist.optional() }),
  measureRobustness: z.looseObject({
    runId: name,
    config: begun(robustnessConfig),
    dataset,
    model: z.looseObject({ reference: z.string(), modelKey: key, outputs: count }),
    corruption: z.enum(CORRUPTIONS).optional(),
  }),
  concludeRobustness: z.looseObject({
    runId: name,
    config: begun(robustnessConfig),
    models: z.array(z.looseObject({ reference: z.string(), modelKey: key })).min(1),
  }),
  askTeachers: z.looseObject({ ...distillStep, dataset, teachers: z.array(openedModel).min(1) }),
  measureCompression: z.looseObject({
    ...distillStep,
    dataset,
    teachers: z.array(openedModel).min(1),
    student: z.looseObject({ modelKey: key }),
    asked: z.looseObject({ predictionKeys: z.looseObject({ validation: key, test: key.optional() }) }),
  }),
  prepareExtension: z.looseObject({ ...extendStep, dataset, from: openedModel }),
  measureTasks: z.looseObject({
    ...extendStep,
    prepared: z.looseObject({ oldClasses: z.array(z.string()).min(1), dataset, old: dataset.optional() }),
    modelKey: key,
    name,
  }),
  prepareReal: z.looseObject({ ...gapStep, dataset, model: openedModel }),
  measureGap: z.looseObject({ ...gapStep, dataset, model: openedModel, real: dataset.optional() }),
  chooseImages: z.looseObject({ runId: name, config: begun(labelNextConfig), dataset, model: openedModel }),
  transferHead: z.looseObject({
    runId: name,
    config: begun(transferConfig),
    dataset,
    from: z.looseObject({ modelKey: key }),
  }),
  writeMethodReport: z.looseObject({
    ...anyStep,
    report: z.looseObject({ runId: name, method: z.string(), summary: z.string() }),
  }),
};

/**
 * What crossed from a workflow, checked before any work. Defaults that the configuration's schema gained since
 * the run began are filled in.
 * @throws ConfigurationError that names each wrong value
 */
export function checkInput<Name extends keyof Activities>(name: Name, input: InputOf<Name>): InputOf<Name> {
  const parsed = INPUTS[name].safeParse(input);
  if (parsed.success) return parsed.data as InputOf<Name>;
  throw new ConfigurationError(`input of ${name}:\n${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
}
