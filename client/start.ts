import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { RunConfigInput } from '../domain/config.js';
import { ConfigurationError } from '../domain/errors.js';
import { ORCHESTRATION_QUEUE, RUN_WORKFLOW, type RunInput } from '../domain/protocol.js';
import { assertId } from './assert-id.js';
import { checkedConfig } from './checked-config.js';
import type { Server } from './connect.js';
import { aboutRun } from './failures.js';
import { newRunId } from './new-run-id.js';
import { openRun, type Run } from './run.js';

export interface StartOptions {
  /** `name-yyyymmdd-xxxx` by default. The artifacts of the run lie under it, so no two runs can share it, unless one failed or was cancelled. */
  readonly runId?: string;
  /** Continue as new when the history has more events than so many; the server's suggestion by default. */
  readonly continueAsNewAfterEvents?: number;
}

/**
 * Starts a run; returns when the server has it. With the id of one that has failed or was cancelled, and the same
 * configuration, it goes on with what that has come to.
 * @throws ConfigurationError when the configuration is wrong, or the id is taken
 */
export async function startRun(
  server: Server,
  input: RunConfigInput,
  { runId: wanted, continueAsNewAfterEvents }: StartOptions = {},
): Promise<Run> {
  const config = checkedConfig(input);
  const runId = wanted ?? newRunId(config.name);
  assertId('run id', runId);
  const args: [RunInput] = [{ config, ...(continueAsNewAfterEvents && { continueAsNewAfterEvents }) }];
  try {
    await aboutRun(server, runId, () =>
      server.client.workflow.start(RUN_WORKFLOW, {
        workflowId: runId,
        taskQueue: ORCHESTRATION_QUEUE,
        args,
        // What has failed or was cancelled is gone on with: its split, models and checkpoints are under its id.
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        memo: { name: config.name },
        staticSummary: config.name,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new ConfigurationError(
      `run id: received "${runId}", which a run has that goes on or has completed: choose another`,
      {
        cause: error,
      },
    );
  }
  return openRun(server, runId);
}
