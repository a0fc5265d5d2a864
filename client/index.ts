/** The public API of the package. */
export * from '../domain/errors.js';
export type {
  ConfigInputOf,
  ConfigOf,
  DetailsOf,
  MethodName,
  ProgressOf,
  ReportOf,
  RunConfig,
  RunConfigInput,
} from '../domain/methods.js';
export { OVERLAP_POLICIES, type OverlapPolicy } from '../domain/overlap.js';
export type * from '../domain/records.js';
export type * from '../domain/run.js';
export { Apprentice } from './apprentice.js';
export type { ConnectOptions } from './connect.js';
export * from './errors.js';
export type { FollowOptions } from './follow.js';
export type { ListFilter, RunSummary } from './list.js';
export type { Outcome } from './outcome.js';
export type { Run } from './run.js';
export type {
  ScheduleOptions,
  ScheduleSummary,
  Schedules,
} from './schedules.js';
export type { RunSnapshot } from './snapshot.js';
export type { StartOptions } from './start.js';
