import { withModelImageSettings } from '../../domain/config/image-settings.js';
import { networkText } from '../../domain/config/model.js';
import { networkForGeneration } from '../../domain/config/trained-networks.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import { trainingForGeneration } from '../../domain/config/training-for-generation.js';
import { expectSameTask } from '../../domain/expect-same-task.js';
import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';
import type { OpenedModel } from '../../domain/records.js';
import { type DataSurvey, surveyData } from '../datasets/survey.js';
import type { NetworkCheck } from '../models/count-parameters.js';
import { growthProblems, type SizedGeneration } from '../models/growth.js';
import { networkChecks } from '../models/network-checks.js';
import { expectAugmentable } from '../training/batches/expect-augmentable.js';
import { expectUnlabelledOf } from '../training/batches/expect-unlabelled.js';
import { type DiskEstimate, estimateDisk } from './estimate-disk.js';
import { warningsAbout } from './warnings.js';

export interface PlannedGeneration extends SizedGeneration {
  readonly network: string;
  readonly steps: number;
  /** Images that pass through the network, with repetitions. */
  readonly labelledSeen: number;
  readonly unlabelledSeen: number;
}

export type ExistingTeacher = Omit<OpenedModel, 'modelKey' | 'weightsHash'>;

/** What `run --dry-run` prints: the plan of a self-training run. */
export interface RunPlan {
  readonly name: string;
  readonly data: DataSurvey;
  readonly generations: readonly PlannedGeneration[];
  readonly disk: DiskEstimate;
  /** Reasons why the run would fail. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Counts the parameters of networks. */
export type CountParameters = (networks: readonly NetworkCheck[]) => Promise<number[]>;

/**
 * Surveys the data and builds the networks, without training or a server.
 * @throws DataError, ConfigurationError, ModelError like the run, except for errors that require decoding the pictures
 */
export async function planRun(
  config: SelfTrainingConfig,
  countParameters: CountParameters,
  teacher?: ExistingTeacher,
): Promise<RunPlan> {
  const data = await surveyData(teacher ? withModelImageSettings(config.data, teacher) : config.data);
  if (teacher) expectSameTask('teacher.from', teacher, data);
  expectAugmentable(config, data.image);
  expectUnlabelledOf(config, data.counts.unlabelled);
  const checks = networkChecks(config, data);
  const counts = await countParameters(checks);
  const generations = Array.from({ length: config.generations + 1 }, (_, generation) => {
    if (teacher && generation === 0) return adopted(teacher);
    const { field, spec } = networkForGeneration(config, generation);
    return {
      generation,
      field,
      network: networkText(spec),
      // Later generations repeat the last network.
      parameters: counts[checks.findLastIndex((check) => check.generation <= generation)]!,
      ...imagesSeen(trainingForGeneration(config, generation), data),
    };
  });
  return {
    name: config.name,
    data,
    generations,
    disk: estimateDisk(config, data, generations),
    problems: growthProblems(generations),
    warnings: warningsAbout(config, data),
  };
}

function adopted({ name, parameters }: ExistingTeacher): PlannedGeneration {
  const noTraining = { steps: 0, labelledSeen: 0, unlabelledSeen: 0 };
  return { generation: 0, field: 'teacher.from', network: name, parameters, ...noTraining };
}

function imagesSeen(
  { steps, batchSize, unlabelledRatio, consistency }: TrainingSpec,
  { counts }: DataSurvey,
) {
  const rows = (ratio: number) => (counts.unlabelled === 0 ? 0 : Math.round(batchSize * ratio));
  const views = consistency ? rows(consistency.ratio) * (consistency.kind === 'fixmatch' ? 2 : 1) : 0;
  return {
    steps,
    labelledSeen: steps * batchSize,
    unlabelledSeen: steps * (rows(unlabelledRatio) + views),
  };
}
