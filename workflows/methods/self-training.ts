import {
  generationName,
  type SelfTrainingConfig,
  type SelfTrainingReport,
} from '../../domain/methods/self-training.js';
import type { DatasetRecord, OpenedModel } from '../../domain/records.js';
import { enterRegistry } from '../enter-registry.js';
import { decide } from '../gate.js';
import type { RunContext } from '../run-context.js';
import { Generations } from './self-training/generations.js';
import { measureOnTest } from './self-training/measure-on-test.js';
import { runGeneration } from './self-training/run-generation.js';
import { noteOf, summaryOf } from './self-training/summary.js';

/** Self-training with a noisy student (Xie et al. 2020). */
export async function selfTraining(
  run: RunContext<SelfTrainingConfig>,
  state?: unknown,
): Promise<SelfTrainingReport> {
  const generations = new Generations(run, state);
  const { dataset, teacher } = await prepare(run, generations);

  for (let generation = generations.records.length; generation <= run.config.generations; generation++) {
    await run.stage(
      generationName(generation),
      async (stage) => {
        generations.begin(generation, stage);
        const outcome = await runGeneration(run, dataset, generation, generations.champion?.model ?? teacher);
        generations.update({ part: 'gate', generation, ...outcome });
        const { promote, decision } =
          generation === 0
            ? { promote: true }
            : await decide(run, stage, generationName(generation), outcome.verdict);
        const ownVersion = generations.records.findLast(({ version }) => version)?.version;
        const entry = promote
          ? await enterRegistry(run, stage, { dataset }, { ...outcome, decision, ownVersion })
          : decision && { decision };
        return generations.add({
          generation,
          role: generation === 0 ? 'teacher' : 'student',
          ...outcome,
          promoted: promote,
          ...entry,
        });
      },
      noteOf,
    );
    if (!generations.records.at(-1)?.promoted && run.config.gate.otherwise === 'stop') break;
    if (run.isLong) await run.continueAsNew(generations.records);
  }

  await measureOnTest(run, dataset, generations);
  const { model, version } = generations.champion!;
  const { records } = generations;
  return run.report<SelfTrainingReport>({
    summary: summaryOf(run.config.name, records),
    dataset,
    generations: records,
    model,
    ...(version !== undefined && { version }),
    trainingSeconds: records.reduce((sum, record) => sum + record.model.trainingSeconds, 0),
  });
}

interface Prepared {
  readonly dataset: DatasetRecord;
  /** The existing model that becomes generation 0. */
  readonly teacher?: OpenedModel;
}

async function prepare(
  run: RunContext<SelfTrainingConfig>,
  { records }: Pick<Generations, 'records'>,
): Promise<Prepared> {
  const reference = run.config.teacher.from;
  // A run that continued as new has generation 0 already.
  if (reference === undefined || records.length > 0) return { dataset: await run.prepareDataset() };
  const teacher = await run.openModel(reference, 'generation-0', 'teacher.from');
  return { dataset: await run.prepareDataset({ teacher }), teacher };
}
