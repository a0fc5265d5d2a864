/** The messages between a worker and the child process of an activity, over Node's IPC channel. */

import type { StepName } from '../../activities/run-step.js';
import type { ReportedProgress } from '../../activities/step-context.js';
import type { SerializedError } from './serialized-error.js';

export type ToChild =
  | {
      readonly kind: 'run';
      readonly name: StepName;
      readonly input: unknown;
      readonly storeUrl: string;
      /** File URL of the module that exports `runStep`. */
      readonly steps: string;
      /** How long the child may take to save when its parent is gone. */
      readonly graceMs: number;
    }
  | { readonly kind: 'stop' };

export type FromChild =
  | { readonly kind: 'progress'; readonly progress: ReportedProgress }
  | { readonly kind: 'result'; readonly result: unknown; readonly peakMemoryBytes: number }
  | { readonly kind: 'error'; readonly error: SerializedError }
  /** The child was asked to stop, by its parent or by a signal, and has saved its state. */
  | { readonly kind: 'stopped'; readonly reason: string };
