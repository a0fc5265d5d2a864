import { z } from 'zod';

/** Timeouts and retries of a run's activities. */
export const executionConfig = z.strictObject({
  heartbeatSeconds: z
    .number()
    .min(5)
    .max(3600)
    .default(30)
    .describe(
      'An activity that reports no progress for this long is considered lost and resumes elsewhere from its checkpoint. Must exceed the time to load TensorFlow, to run one optimizer step, and to evaluate once.',
    ),
  attempts: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe(
      'Attempts of each activity before the run fails; preempted machines count. A wrong configuration or wrong data is never retried.',
    ),
  attemptHours: z
    .number()
    .positive()
    .max(24 * 365)
    .default(24 * 7)
    .describe('Longest duration of one attempt of an activity, even if it makes progress.'),
});
