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
  /** Images with this most probable class. */
  readonly predicted: number;
  /** Predicted images that reach the threshold. */
  readonly confident: number;
  /** Distinct images kept. */
  readonly kept: number;
  /** Training examples, with repetitions. */
  readonly examples: number;
  /** The class's threshold after balancing. */
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
  /** All classes, or the hundred most notable ones. */
  readonly byClass: readonly PseudoLabelClassCount[];
  /** Number of classes that `byClass` omits; their counts are in the store. Absent if it has all. */
  readonly unlisted?: Readonly<Record<PseudoLabelClassCount['status'], number>>;
}
