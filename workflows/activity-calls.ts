import type { RetryPolicy } from '@temporalio/common';
import { ActivityCancellationType, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ActivitiesOn } from '../activities/activities.js';
import type { RunBase } from '../domain/config/base.js';
import { FEW_ATTEMPTS_ERRORS, HandedOverError, NON_RETRYABLE_ERRORS } from '../domain/errors.js';
import { trainingQueueOf } from '../domain/protocol.js';
import type { Pause } from './pause.js';
import { untilDone } from './until-done.js';

/** Reading and writing records takes seconds; an orchestrator that takes longer has died. */
const QUICK = '1 minute';
/** For activities that read a value for each of possibly millions of images. */
export const BY_IMAGE = '10 minutes';

/** The activities as workflows call them. Temporal's UI shows the summary. */
export interface ActivityCalls {
  /** A pause cancels the activity; a training then writes a checkpoint. Resume calls the activity again. */
  trainer(summary: string): ActivitiesOn<'trainer'>;
  orchestrator(summary: string, within?: typeof BY_IMAGE): ActivitiesOn<'orchestrator'>;
}

export function activityCalls({ execution }: Pick<RunBase, 'execution'>, pause: Pause): ActivityCalls {
  const retry: RetryPolicy = {
    maximumAttempts: execution.attempts,
    initialInterval: '1 second',
    backoffCoefficient: 2,
    maximumInterval: '1 minute',
    // untilDone calls again after the last two.
    nonRetryableErrorTypes: [...NON_RETRYABLE_ERRORS, ...FEW_ATTEMPTS_ERRORS, HandedOverError.name],
  };
  return {
    trainer: (summary) =>
      eachCall(
        (call) => pause.interruptible(() => untilDone(call)),
        execution.threads,
        proxyActivities<ActivitiesOn<'trainer'>>({
          taskQueue: trainingQueueOf(workflowInfo().taskQueue),
          startToCloseTimeout: execution.attemptHours * 3_600_000,
          heartbeatTimeout: execution.heartbeatSeconds * 1000,
          // A cancelled training first writes its checkpoint.
          cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
          retry,
          summary,
        }),
      ),
    orchestrator: (summary, within) =>
      eachCall(
        (call) => untilDone(call),
        undefined,
        proxyActivities<ActivitiesOn<'orchestrator'>>({
          startToCloseTimeout: within ?? QUICK,
          retry,
          summary,
        }),
      ),
  };
}

type Calls = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

type Around = (call: () => Promise<unknown>) => Promise<unknown>;

/**
 * Activities whose calls go through a function.
 * @param threads added to each input, if configured
 */
function eachCall<Activities extends object>(
  around: Around,
  threads: number | undefined,
  activities: Activities,
): Activities {
  const calls = activities as Calls;
  const withThreads = (input: object) => (threads === undefined ? input : { ...input, threads });
  return new Proxy(activities, {
    get: (_, name) => (input: object) => around(() => calls[String(name)]!(withThreads(input))),
  });
}
