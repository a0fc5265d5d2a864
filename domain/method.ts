import type { z } from 'zod';
import type { RunBase } from './config/base.js';
import type { RunReport } from './run.js';

/** The definition of a method: its configuration, and the types of its report and of the details in its progress. */
export interface Method<Schema extends z.ZodType<RunBase>, Report extends RunReport, Details> {
  readonly config: Schema;
  /** Restores the details of a completed run if no orchestrator answers. */
  readonly detailsOf?: ((report: Report) => Details) | undefined;
  /** Never set; carries the types. */
  readonly types?: { readonly report: Report; readonly details: Details };
}

/** `defineMethod<DistillReport>()(distillConfig)` */
export function defineMethod<Report extends RunReport, Details = never>() {
  return <Schema extends z.ZodType<RunBase>>(
    config: Schema,
    detailsOf?: (report: Report) => Details,
  ): Method<Schema, Report, Details> => ({ config, detailsOf });
}
