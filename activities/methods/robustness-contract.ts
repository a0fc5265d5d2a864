import type { RobustnessConfig } from '../../domain/config/methods/robustness.js';
import type { CorruptionName } from '../../domain/corruption.js';
import type { MeasuredRobustness, Robustness, RobustnessReport } from '../../domain/methods/robustness.js';
import type { OpenedModel } from '../../domain/methods.js';
import type { DatasetRecord } from '../../domain/records.js';
import type { StepInput } from '../contract.js';

export interface MeasureRobustnessInput extends StepInput<RobustnessConfig> {
  readonly dataset: DatasetRecord;
  readonly model: OpenedModel;
  /** Absent: clean pictures. */
  readonly corruption?: CorruptionName;
}

export interface ConcludeRobustnessInput extends StepInput<RobustnessConfig> {
  /** The baseline first. */
  readonly models: readonly MeasuredRobustness[];
}

/** What a measurement of robustness asks of the trainers. */
export interface RobustnessSteps {
  /** How good a model is under one corruption, by the severities of the configuration; or on clean pictures, alone. */
  measureRobustness(input: MeasureRobustnessInput): Promise<readonly Robustness[]>;
}

/** What it asks of the orchestrators. */
export interface RobustnessActivities {
  /** Relates all models to the first one. */
  concludeRobustness(input: ConcludeRobustnessInput): Promise<RobustnessFinding>;
}

export type RobustnessFinding = Pick<RobustnessReport, 'summary' | 'models'>;
