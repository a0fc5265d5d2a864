import type { RunSnapshot } from '../../client/snapshot.js';
import type { ViewOptions } from '../view/view-options.js';

/** Shows snapshots to whoever follows a run. */
export interface Teller {
  tell(snapshot: RunSnapshot): void;
  /** No snapshot comes any more: the run has ended, or the person looks away. */
  end(last: RunSnapshot | undefined): void;
}

export type TellerOptions = Omit<ViewOptions, 'now' | 'columns'>;

/** What is wider is hard to read. */
export const WIDEST = 120;
