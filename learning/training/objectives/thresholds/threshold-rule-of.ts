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
} satisfies Record<ThresholdConfig['rule'], (config: ThresholdConfig, crowd: ImageCounts) => ThresholdRule>;

/** The rule that a configuration names. */
export function thresholdRuleOf(config: ThresholdConfig, crowd: ImageCounts): ThresholdRule {
  return RULES[config.rule](config, crowd);
}
