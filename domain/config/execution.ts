import { z } from 'zod';
import { integer, number } from './numbers.js';

/** Timeouts, retries and threads of a run's activities. */
export const executionConfig = z.strictObject({
  heartbeatSeconds: number(5, 3600)
    .default(30)
    .describe(
      'An activity that reports no progress for this long is considered lost and resumes elsewhere from its checkpoint. Must exceed the time to load TensorFlow, to run one optimizer step, and to evaluate once.',
    ),
  attempts: integer(1, 10_000)
    .default(100)
    .describe(
      'Attempts of each activity before the run fails. Machines that vanish count, planned hand-overs do not; a wrong configuration or wrong data is never retried.',
    ),
  attemptHours: z
    .number()
    .positive()
    .max(24 * 365)
    .default(24 * 7)
    .describe('Longest duration of one attempt of an activity, even if it makes progress.'),
  threads: integer(1, 256)
    .optional()
    .describe(
      'Threads of TensorFlow in every step of the run. The weights depend on them: sums are rounded in another order. By default those of the first trainer that works for the run; the run keeps them.',
    ),
});
