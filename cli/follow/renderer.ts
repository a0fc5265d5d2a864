import type { RunSnapshot } from '../../client/snapshot.js';
import type { ViewOptions } from '../view/view-options.js';

/** Shows the snapshots of a run. */
export interface Renderer {
  show(snapshot: RunSnapshot): void;
  /** Called when the run has ended or following was interrupted. */
  end(last: RunSnapshot | undefined): void | Promise<void>;
}

export type RendererOptions = Omit<ViewOptions, 'now' | 'columns'>;

/** Wider lines are hard to read. */
export const MAX_COLUMNS = 120;
