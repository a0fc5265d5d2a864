import type { RunSnapshot } from '../../client/snapshot.js';
import type { ViewOptions } from '../view/view-options.js';

/** Shows snapshots to whoever follows a run. */
export interface Renderer {
  show(snapshot: RunSnapshot): void;
  /** No snapshot comes any more: the run has ended, or the person looks away. */
  end(last: RunSnapshot | undefined): void | Promise<void>;
}

export type RendererOptions = Omit<ViewOptions, 'now' | 'columns'>;

/** Wider lines are hard to read. */
export const MAX_COLUMNS = 120;
