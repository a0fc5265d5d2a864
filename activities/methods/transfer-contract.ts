import type { TransferConfig } from '../../domain/config/methods/transfer.js';
import type { HeadTransfer } from '../../domain/methods/transfer.js';
import type { OpenedModel } from '../../domain/methods.js';
import type { DatasetRecord } from '../../domain/records.js';
import type { StepInput } from '../contract.js';

export interface TransferHeadInput extends StepInput<TransferConfig> {
  readonly dataset: DatasetRecord;
  readonly from: Pick<OpenedModel, 'modelKey'>;
}

/** What a transfer asks of the trainers. */
export interface TransferSteps {
  /** A new last layer on the model's frozen features, and what that tells of the way to go. */
  transferHead(input: TransferHeadInput): Promise<HeadTransfer>;
}
