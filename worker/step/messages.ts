/** What parent and child of a step say to each other over Node's IPC channel. */

import type { StepName } from '../../activities/run-step.js';
import type { ReportedProgress } from '../../activities/step-context.js';
import type { SentError } from './sent-error.js';

export type ToChild =
  | {
      readonly kind: 'run';
      readonly name: StepName;
      readonly input: unknown;
      readonly storeUrl: string;
      /** File URL of the module whose `runStep` does the work. */
      readonly steps: string;
      /** How long a child whose parent is gone may take to save. */
      readonly graceMs: number;
    }
  | { readonly kind: 'stop' };

export type FromChild =
  | { readonly kind: 'progress'; readonly progress: ReportedProgress }
  | { readonly kind: 'result'; readonly result: unknown; readonly peakMemoryBytes: number }
  | { readonly kind: 'error'; readonly error: SentError }
  /** It was asked to stop, by its parent or by a signal, and has saved what there was. */
  | { readonly kind: 'stopped'; readonly reason: string };
