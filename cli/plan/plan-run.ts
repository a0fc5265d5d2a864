import type { TrainingSpec } from '../../domain/config/training.js';
import { trainingOf } from '../../domain/config/training-of.js';
import type { RunConfig } from '../../domain/config.js';
import { type DataSurvey, surveyData } from '../../learning/datasets/survey.js';
import { expectAugmentable } from '../../learning/training/batches/expect-augmentable.js';
import { expectUnlabelledOf } from '../../learning/training/batches/expect-unlabelled.js';
import { networkText } from '../view/generation-view.js';
import { type DiskEstimate, estimateDisk } from './disk.js';
import { growthProblems } from './growth.js';
import { warningsAbout } from './warnings.js';

/** What one training would be. */
export interface PlannedGeneration {
  readonly generation: number;
  readonly network: string;
  readonly parameters: number;
  readonly steps: number;
  /** Images that go through the network, each counted as often as it does. */
  readonly labelledSeen: number;
  readonly pseudoLabelledSeen: number;
}

/** What a run would do. */
export interface RunPlan {
  readonly name: string;
  readonly data: DataSurvey;
  readonly generations: readonly PlannedGeneration[];
  readonly disk: DiskEstimate;
  /** What would make the run fail. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Counts the parameters of networks, in their order. */
export type CountParameters = (
  networks: ReadonlyArray<{
    readonly spec: RunConfig['models'][number];
    readonly needs: {
      readonly image: DataSurvey['image'];
      readonly classes: number;
      readonly dropout: number;
      readonly stochasticDepth: number;
      readonly seed: number;
    };
  }>,
) => Promise<number[]>;

/**
 * Looks at the data and builds the networks, without training or a server.
 * @throws DataError, ConfigurationError, ModelError as the run would, as far as names, headers and shapes tell
 */
export async function planRun(config: RunConfig, countParameters: CountParameters): Promise<RunPlan> {
  const data = await surveyData(config.data);
  expectAugmentable(config, data.image);
  expectUnlabelledOf(config, data.counts.unlabelled);
  const needs = { image: data.image, classes: data.classes.length, seed: config.seed };
  const trainings = Array.from({ length: config.generations + 1 }, (_, generation) => ({
    generation,
    spec: config.models[Math.min(generation, config.models.length - 1)]!,
    training: trainingOf(config, generation),
  }));
  // Later generations repeat the last network.
  const different = trainings.slice(0, Math.max(2, config.models.length));
  const counts = await countParameters(
    different.map(({ spec, training: { dropout, stochasticDepth } }) => ({
      spec,
      needs: { ...needs, dropout, stochasticDepth },
    })),
  );
  const generations = trainings.map(({ generation, spec, training }) => ({
    generation,
    network: networkText(spec),
    parameters: counts[Math.min(generation, counts.length - 1)]!,
    ...imagesSeen(training, data),
  }));
  return {
    name: config.name,
    data,
    generations,
    disk: estimateDisk(config, data, generations),
    problems: growthProblems(generations),
    warnings: warningsAbout(config, data),
  };
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
    pseudoLabelledSeen: steps * (rows(unlabelledRatio) + views),
  };
}
