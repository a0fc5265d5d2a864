import { z } from 'zod';

/** When a model replaces the champion. Looks at validation images only. */
export const gateConfig = z.strictObject({
  margin: z
    .number()
    .min(-1)
    .max(1)
    .default(0)
    .describe('Accuracy by which the student must be better: the interval’s lower end has to reach it.'),
  confidence: z.number().min(0.5).max(0.999).default(0.9).describe('Of the two-sided bootstrap interval.'),
  resamples: z
    .int()
    .min(100)
    .max(100_000)
    .default(2000)
    .describe('Bootstrap resamples of the paired difference.'),
  otherwise: z
    .enum(['stop', 'continue', 'ask'])
    .default('continue')
    .describe(
      'When a student does not pass: end the run, go on with the old teacher, or wait for approve or reject.',
    ),
  approval: z
    .enum(['never', 'always'])
    .default('never')
    .describe('always: a student that passes is also promoted only after approve.'),
  reigning: z
    .enum(['beat', 'replace'])
    .default('beat')
    .describe(
      'The champion that an earlier run left in the line, measured on this run’s validation images: a model enters the registry only if it beats that too, or replaces it whatever it is worth.',
    ),
});

/** Of work other than a run: one model, which enters its line or doesn't, with nobody to wait for. */
export const methodGateConfig = gateConfig.extend({
  otherwise: z
    .literal('continue', { error: 'expected continue: only a run stops or asks somebody' })
    .default('continue')
    .describe('Only a run can stop or ask: leave it out.'),
  approval: z
    .literal('never', { error: 'expected never: only a run asks somebody' })
    .default('never')
    .describe('Only a run can stop or ask: leave it out.'),
});

export type GateConfig = z.output<typeof gateConfig>;
