import { hashOfValue } from '../domain/hash.js';
import type { StepProgress } from '../domain/records.js';
import { checkInput } from './check-input.js';
import type { TrainingActivities } from './contract.js';
import { METHOD_STEPS } from './methods/steps.js';
import type { RunningStep, StepContext } from './step-context.js';

export type StepName = keyof TrainingActivities;
export type StepInputOf<Name extends StepName> = Parameters<TrainingActivities[Name]>[0];
export type StepResultOf<Name extends StepName> = Awaited<ReturnType<TrainingActivities[Name]>>;

export interface Step<Name extends StepName> {
  readonly activity: StepProgress['activity'];
  /** Units of the whole step, where the input tells. */
  total(input: StepInputOf<Name>): number;
  /** Loaded when it runs: most steps load TensorFlow, which takes seconds. */
  load(): Promise<(input: StepInputOf<Name>, step: RunningStep) => Promise<StepResultOf<Name>>>;
}

const STEPS: { readonly [Name in StepName]: Step<Name> } = {
  prepareDataset: {
    activity: 'prepare-dataset',
    total: () => 0,
    load: async () => (await import('./prepare-dataset.js')).prepareDatasetOfRun,
  },
  trainModel: {
    activity: 'train',
    total: ({ config, generation }) => (generation === 0 ? config.teacher : config.student).steps,
    load: async () => (await import('./train-model.js')).trainModel,
  },
  adoptTeacher: {
    activity: 'evaluate',
    total: ({ dataset }) => dataset.counts.validation,
    load: async () => (await import('./adopt-teacher.js')).adoptTeacher,
  },
  pseudoLabelShard: {
    activity: 'pseudo-label',
    total: ({ images }) => images,
    load: async () => (await import('./pseudo-label-shard.js')).pseudoLabelShard,
  },
  evaluateModel: {
    activity: 'evaluate',
    total: ({ dataset, split }) => dataset.counts[split],
    load: async () => (await import('./evaluate-model.js')).evaluateModel,
  },
  measureReigning: {
    activity: 'evaluate',
    total: ({ dataset }) => dataset.counts.validation,
    load: async () => (await import('./measure-reigning.js')).measureReigning,
  },
  ...METHOD_STEPS,
};

/**
 * Runs a training step in this process. Progress is reported before any work, then as work is done: when
 * TensorFlow has loaded, when the data set is open, and from then on by the work itself.
 * @throws ConfigurationError when the input is not what the step takes
 * @throws the signal's reason when it aborts
 */
export async function runStep<Name extends StepName>(
  name: Name,
  input: StepInputOf<Name>,
  context: StepContext,
): Promise<StepResultOf<Name>> {
  const step = STEPS[name];
  const checked = checkInput(name, input);
  const starting = {
    activity: step.activity,
    generation: 'generation' in checked ? (checked.generation as number) : 0,
    done: 0,
    total: step.total(checked),
    rate: 0,
  };
  context.signal.throwIfAborted();
  context.report(starting);
  const run = await step.load();
  context.report(starting);
  context.signal.throwIfAborted();
  return run(checked, { ...context, inputHash: hashOfValue(input) });
}
