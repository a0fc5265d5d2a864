import { z } from 'zod';

/** How the run meets failure: when a step is taken for lost, and how often it is tried. */
export const executionConfig = z.strictObject({
  heartbeatSeconds: z
    .number()
    .min(5)
    .max(3600)
    .default(30)
    .describe(
      'A step that shows no progress for so long is taken for lost and goes on elsewhere from its checkpoint. Longer than loading TensorFlow, one step, or one evaluation takes.',
    ),
  attempts: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe(
      'Tries of each step before the run fails; machines that are taken away count. Wrong configuration or data is never tried again.',
    ),
  attemptHours: z
    .number()
    .positive()
    .max(24 * 365)
    .default(24 * 7)
    .describe('Longest time that one try of a step may take, progress or not.'),
});
