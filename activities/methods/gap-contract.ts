import type { GapConfig } from '../../domain/config/methods/gap.js';
import type { GapReport } from '../../domain/methods/gap.js';
import type { OpenedModel } from '../../domain/methods.js';
import type { DatasetRecord } from '../../domain/records.js';
import type { StepInput } from '../contract.js';

export interface PrepareRealInput extends StepInput<GapConfig> {
  readonly dataset: DatasetRecord;
  readonly model: OpenedModel;
}

export interface MeasureGapInput extends PrepareRealInput {
  /** Holds the images of `real` behind other unlabelled ones; absent where the unlabelled are the real ones. */
  readonly real?: DatasetRecord;
}

/** What a gap report asks of the trainers. */
export interface GapSteps {
  /** Decodes and packs the images of `real`, as the data set has them. */
  prepareReal(input: PrepareRealInput): Promise<DatasetRecord>;
  /** Classes have the model's numbers. */
  measureGap(input: MeasureGapInput): Promise<GapReport['gap']>;
}
