/** Apprentice as a library. */
export type { RunConfig, RunConfigInput } from '../domain/config.js';
export * from '../domain/errors.js';
export type { MethodConfigInput, MethodReportOf } from '../domain/method-types.js';
export type { MethodName, MethodProgress, MethodReport, Stage } from '../domain/methods.js';
export type * from '../domain/records.js';
export { Apprentice } from './apprentice.js';
export type { ConnectOptions } from './connect.js';
export * from './errors.js';
export type { FollowOptions } from './follow.js';
export type { ListFilter, RunSummary } from './list.js';
export type { MethodHandle } from './methods/method-handle.js';
export type { MethodSnapshot } from './methods/method-snapshot.js';
export type { Outcome, RunOutcome } from './outcome.js';
export type { Run } from './run.js';
export {
  OVERLAP_POLICIES,
  type OverlapPolicy,
  type ScheduleOptions,
  type ScheduleSummary,
  type Schedules,
} from './schedules.js';
export type { RunSnapshot } from './snapshot.js';
export type { StartOptions } from './start-work.js';
