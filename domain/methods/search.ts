import type { AugmentationConfig } from '../config/augmentation.js';
import type { MethodReport } from '../methods.js';
import type { ArtifactKey, Evaluation, Verdict } from '../records.js';

/** One round of successive halving. */
export interface Rung {
  /** How far its trials train, counted from their beginning. */
  readonly steps: number;
  /** How many trials are in it, the base left out. */
  readonly trials: number;
}

/** What a trial came to at a rung. */
export type TrialResult = { readonly trial: number } & (
  | { readonly validation: { readonly accuracy: number; readonly loss: number } }
  /** It is out, whatever the others are worth. */
  | { readonly end: 'failed' | 'cancelled'; readonly reason: string }
);

/** A rung that all its trials have come to. */
export interface RungRecord {
  readonly rung: number;
  readonly steps: number;
  /** In the order of their numbers. */
  readonly results: readonly TrialResult[];
  /** Those that go on, in the order of their numbers; of the last rung the best alone. */
  readonly survivors: readonly number[];
}

/** A policy that was tried. */
export interface SearchTrial {
  /** 0 is the base: the augmentation that training was configured with. */
  readonly trial: number;
  readonly augmentation: AugmentationConfig;
  /** What of it is not as in the base, in a few words. */
  readonly text: string;
  /** As far as it came. */
  readonly rungs: readonly { readonly steps: number; readonly accuracy: number; readonly loss: number }[];
  readonly end: 'best' | 'trained' | 'stopped' | 'failed' | 'cancelled';
  readonly reason?: string;
}

/** What a search came to. */
export interface SearchReport extends MethodReport {
  readonly rungs: readonly Rung[];
  /** Optimizer steps of all trials, and what they would have been without halving. */
  readonly steps: { readonly taken: number; readonly without: number };
  readonly trials: readonly SearchTrial[];
  readonly best: number;
  /**
   * The best against the base, both trained to the end, on validation. The best was chosen on the same images among
   * many, so the difference flatters it; test does not.
   */
  readonly verdict?: Verdict;
  /** The two on the test images, which chose nothing. */
  readonly test?: { readonly base: Evaluation; readonly best: Evaluation; readonly verdict: Verdict };
  /** A YAML file that `run` takes: the best policy as `student.augmentation`. */
  readonly policyKey: ArtifactKey;
}
