import type { RetryPolicy } from '@temporalio/common';
import { ActivityCancellationType, type ActivityInterfaceFor, proxyActivities } from '@temporalio/workflow';
import type { OrchestrationActivities, TrainingActivities } from '../activities/contract.js';
import type { RunBase } from '../domain/config/base.js';
import { NON_RETRYABLE_ERRORS } from '../domain/errors.js';
import { ORCHESTRATION_QUEUE, TRAINING_QUEUE } from '../domain/protocol.js';

/** Records are read and written at once: an orchestrator that takes longer is gone. */
const QUICK_STEP = '1 minute';
/** For steps that read what was said of each image, of which there may be millions. */
export const BY_IMAGE = '10 minutes';

/** The steps of a run as its workflows call them. `summary` is what Temporal's own pages show. */
export interface Steps {
  training(summary: string): ActivityInterfaceFor<TrainingActivities>;
  orchestration(summary: string, within?: typeof BY_IMAGE): ActivityInterfaceFor<OrchestrationActivities>;
}

export function stepsOf({ execution }: Pick<RunBase, 'execution'>): Steps {
  const retry: RetryPolicy = {
    maximumAttempts: execution.attempts,
    initialInterval: '1 second',
    backoffCoefficient: 2,
    maximumInterval: '1 minute',
    nonRetryableErrorTypes: [...NON_RETRYABLE_ERRORS],
  };
  return {
    training: (summary) =>
      proxyActivities<TrainingActivities>({
        taskQueue: TRAINING_QUEUE,
        startToCloseTimeout: execution.attemptHours * 3_600_000,
        heartbeatTimeout: execution.heartbeatSeconds * 1000,
        // A cancelled training ends when its checkpoint is written, not before.
        cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        retry,
        summary,
      }),
    orchestration: (summary, within) =>
      proxyActivities<OrchestrationActivities>({
        taskQueue: ORCHESTRATION_QUEUE,
        startToCloseTimeout: within ?? QUICK_STEP,
        retry,
        summary,
      }),
  };
}
