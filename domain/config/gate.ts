import { z } from 'zod';
import { integer, number } from './numbers.js';

/** Conditions under which a model replaces the champion. Uses validation images only. */
export const gateConfig = z.strictObject({
  margin: number(-1, 1)
    .default(0)
    .describe('Required gain in accuracy: the lower end of the interval must reach it.'),
  confidence: number(0.5, 0.999)
    .default(0.9)
    .describe('Confidence level of the two-sided bootstrap interval.'),
  resamples: integer(100, 100_000).default(2000).describe('Bootstrap resamples of the paired difference.'),
  otherwise: z
    .enum(['stop', 'continue', 'ask'])
    .default('continue')
    .describe(
      'If a model does not pass: wait for approve or reject (ask), or keep the champion; self-training then ends (stop) or continues with the old teacher (continue).',
    ),
  approval: z
    .enum(['never', 'always'])
    .default('never')
    .describe('always: a model that passes also needs approval to be promoted.'),
  reigning: z
    .enum(['beat', 'replace'])
    .default('beat')
    .describe(
      'The line’s champion of an earlier run, measured on this run’s validation images. beat: a model enters the registry only if it beats that champion too. replace: it replaces that champion regardless of accuracy.',
    ),
});

export type GateConfig = z.output<typeof gateConfig>;
