/** Messages between a trainer and the child process of an activity, over Node's IPC channel. */

import type { ActivityName } from '../../activities/activities.js';
import type { ActivityProgress } from '../../domain/records.js';
import type { SerializedError } from './serialized-error.js';

export type ToChild =
  | {
      readonly kind: 'run';
      readonly name: ActivityName;
      readonly input: unknown;
      readonly storeUrl: string;
      /** File URL of the module whose `runActivity` does the work. */
      readonly activities: string;
      /** How long a child whose parent is gone may take to save, from the last sign of progress. */
      readonly graceMs: number;
    }
  | { readonly kind: 'stop' };

export type FromChild =
  | { readonly kind: 'progress'; readonly progress: Omit<ActivityProgress, 'attempt'> }
  /** Bytes of an artifact were written or read: progress that no number shows. */
  | { readonly kind: 'transfer' }
  | { readonly kind: 'result'; readonly result: unknown; readonly peakMemoryBytes: number }
  | { readonly kind: 'error'; readonly error: SerializedError }
  /** The child was asked to stop, by its parent or by a signal, and has saved its state. */
  | { readonly kind: 'stopped'; readonly reason: string };
