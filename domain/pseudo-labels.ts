/** The records of pseudo-labelling. */
import type { ArtifactKey } from './records.js';

/** Pseudo-labels of one shard before selection. */
export interface PseudoLabelShard {
  readonly key: ArtifactKey;
  readonly first: number;
  readonly images: number;
}

export interface PseudoLabelClassCount {
  readonly className: string;
  /** Images whose most probable class this is. */
  readonly predicted: number;
  /** Of those, how many reach the threshold. */
  readonly confident: number;
  /** Different images kept, and training examples made of them by repeating. */
  readonly kept: number;
  readonly examples: number;
  /** Threshold that balancing arrived at for this class. */
  readonly threshold: number;
  readonly status: 'balanced' | 'missing' | 'taken-below-threshold';
}

/** The selected, balanced pseudo-labels of a generation. */
export interface PseudoLabelRecord {
  readonly key: ArtifactKey;
  /** SHA-256 of the selected labels. */
  readonly hash: string;
  readonly images: number;
  readonly kept: number;
  readonly dropped: number;
  readonly examples: number;
  /** All classes; of more than a hundred those that have something to say first. */
  readonly byClass: readonly PseudoLabelClassCount[];
  /** How many classes are not in `byClass`, whose counts lie beside the labels in the store; absent where all are there. */
  readonly unlisted?: Readonly<Record<PseudoLabelClassCount['status'], number>>;
}
