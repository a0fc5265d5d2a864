import type { WorkStatus } from '../domain/methods.js';

const ALL: Readonly<Record<WorkStatus, true>> = {
  running: true,
  preparing: true,
  training: true,
  'pseudo-labelling': true,
  judging: true,
  'awaiting-approval': true,
  paused: true,
  testing: true,
  completed: true,
  cancelled: true,
  failed: true,
};

/** In the order in which a run goes through them. */
export const RUN_STATUSES = Object.keys(ALL) as WorkStatus[];
