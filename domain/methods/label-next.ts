import type { MethodReport } from '../methods.js';
import type { ArtifactKey, DatasetReference } from '../records.js';

/** An unlabelled image that is worth a label. */
export interface ChosenImage {
  /** Of the unlabelled images. */
  readonly position: number;
  /** Most probable classes, the first at the front, with their calibrated probabilities. */
  readonly guess: number;
  readonly confidence: number;
  readonly second: number;
  readonly secondConfidence: number;
  /** By features, to the nearest image that is labelled or chosen before it. */
  readonly distance: number;
  /** Why it was chosen, in words. */
  readonly reason: string;
}

/** Images to label next, the most useful first. */
export interface LabelChoice {
  readonly by: 'badge' | 'margin' | 'coverage';
  /** Unlabelled images, and how many of them were looked at. */
  readonly unlabelled: number;
  readonly candidates: number;
  readonly chosen: readonly ChosenImage[];
  /** Chosen images by guessed class. */
  readonly byClass: readonly number[];
}

export type NamedChoice = ChosenImage & { readonly path: string };

/** What `label-next` came to. The images themselves lie in the store: there may be many. */
export interface LabelNextReport extends MethodReport, Omit<LabelChoice, 'chosen'> {
  /** The model that was unsure, as it was named. */
  readonly seenBy: string;
  readonly classNames: readonly string[];
  readonly dataset: DatasetReference;
  readonly count: number;
  /** JSON: {@link NamedChoice}[], the most useful first. */
  readonly chosenKey: ArtifactKey;
}
