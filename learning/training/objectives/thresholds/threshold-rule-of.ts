import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { fixedThreshold } from './fixed.js';
import { flexMatchThreshold } from './flexmatch.js';
import { freeMatchThreshold } from './freematch.js';
import { quotaThreshold } from './quota.js';
import { softMatchWeights } from './softmatch.js';
import type { ImageCounts, ThresholdRule } from './threshold-rule.js';

const RULES = {
  fixed: fixedThreshold,
  flexmatch: flexMatchThreshold,
  freematch: freeMatchThreshold,
  softmatch: softMatchWeights,
  quota: quotaThreshold,
} satisfies Record<
  ThresholdConfig['rule'],
  (config: ThresholdConfig, imageCounts: ImageCounts) => ThresholdRule
>;

/** Returns the rule of a configuration. */
export function thresholdRuleOf(config: ThresholdConfig, imageCounts: ImageCounts): ThresholdRule {
  return RULES[config.rule](config, imageCounts);
}
