import type { LabelNextConfig } from '../../domain/config/methods/label-next.js';
import type { LabelNextReport } from '../../domain/methods/label-next.js';
import type { OpenedModel } from '../../domain/methods.js';
import type { DatasetRecord } from '../../domain/records.js';
import type { StepInput } from '../contract.js';

export interface ChooseImagesInput extends StepInput<LabelNextConfig> {
  readonly dataset: DatasetRecord;
  readonly model: OpenedModel;
}

export type ChosenImages = Pick<
  LabelNextReport,
  'by' | 'unlabelled' | 'candidates' | 'byClass' | 'count' | 'chosenKey'
>;

/** What the choice of images to label asks of the trainers. */
export interface LabelNextSteps {
  /** Chooses the images; the list with their names is written to the store. Classes have the model's numbers. */
  chooseImages(input: ChooseImagesInput): Promise<ChosenImages>;
}
