import type { CorruptionName, Severity } from '../corruption.js';
import type { MethodReport } from '../methods.js';
import type { ArtifactKey, DatasetReference } from '../records.js';

/** A model on pictures of one kind. */
export interface Robustness {
  readonly accuracy: number;
  /** Of its calibrated confidence; temperatures are fitted on clean pictures and need not hold for others. */
  readonly calibrationError: number;
}

/** The same pictures under one corruption. */
export interface CorruptedRobustness extends Robustness {
  readonly corruption: CorruptionName;
  readonly severity: Severity;
}

/** A model measured on clean pictures and under each corruption and severity. */
export interface ModelRobustness {
  readonly clean: Robustness;
  readonly corrupted: readonly CorruptedRobustness[];
}

/** A model's errors relative to the baseline's (Hendrycks and Dietterich 2019, section 4.1): below 1 is better. */
export interface CorruptionErrors {
  readonly byCorruption: ReadonlyArray<{
    readonly corruption: CorruptionName;
    /** Mean error over the severities, from 0 to 1. */
    readonly error: number;
    /** CE: sum of errors divided by the baseline's; null where the baseline makes none. */
    readonly corruptionError: number | null;
    /**
     * Relative CE: the same of what the corruption adds to the clean error; null where it adds less than half a point
     * to the baseline's, of which chance would decide the ratio.
     */
    readonly relativeCorruptionError: number | null;
  }>;
  /** Mean error over corruptions and severities. */
  readonly error: number;
  /** mCE: mean over the corruptions that have a CE; null where none has. */
  readonly meanCorruptionError: number | null;
  readonly relativeMeanCorruptionError: number | null;
}

/** A model that was measured, the baseline among them. */
export interface MeasuredRobustness extends ModelRobustness {
  /** As it was named. */
  readonly reference: string;
  readonly modelKey: ArtifactKey;
  readonly parameters: number;
}

/** What `robustness` came to. */
export interface RobustnessReport extends MethodReport {
  readonly dataset: DatasetReference;
  readonly split: 'test' | 'validation';
  readonly images: number;
  /** Keys the noise and which images were drawn. */
  readonly seed: number;
  /** As it was named. */
  readonly baseline: string;
  /** The baseline first. */
  readonly models: ReadonlyArray<MeasuredRobustness & { readonly errors: CorruptionErrors }>;
}
