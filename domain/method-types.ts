/** Each method's configuration and report, by its name. */
import type { z } from 'zod';
import { distillConfig } from './config/methods/distill.js';
import { extendConfig } from './config/methods/extend.js';
import { gapConfig } from './config/methods/gap.js';
import { labelNextConfig } from './config/methods/label-next.js';
import { robustnessConfig } from './config/methods/robustness.js';
import { searchConfig } from './config/methods/search.js';
import { transferConfig } from './config/methods/transfer.js';
import type { DistillReport } from './methods/distill.js';
import type { ExtendReport } from './methods/extend.js';
import type { GapReport } from './methods/gap.js';
import type { LabelNextReport } from './methods/label-next.js';
import type { RobustnessReport } from './methods/robustness.js';
import type { SearchReport } from './methods/search.js';
import type { TransferReport } from './methods/transfer.js';
import type { MethodName, MethodReport } from './methods.js';

/** What each method can be told. */
export const METHOD_CONFIGS = {
  transfer: transferConfig,
  distill: distillConfig,
  extend: extendConfig,
  search: searchConfig,
  gap: gapConfig,
  labelNext: labelNextConfig,
  robustness: robustnessConfig,
} as const satisfies Record<MethodName, z.ZodType>;

interface Reports extends Record<MethodName, MethodReport> {
  transfer: TransferReport;
  distill: DistillReport;
  extend: ExtendReport;
  search: SearchReport;
  gap: GapReport;
  labelNext: LabelNextReport;
  robustness: RobustnessReport;
}

export type MethodConfig<Name extends MethodName> = z.output<(typeof METHOD_CONFIGS)[Name]>;
export type MethodConfigInput<Name extends MethodName> = z.input<(typeof METHOD_CONFIGS)[Name]>;
export type MethodReportOf<Name extends MethodName> = Reports[Name];
