import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { RunBase } from '../../domain/config/base.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { MethodInput, MethodName } from '../../domain/methods.js';
import { ORCHESTRATION_QUEUE } from '../../domain/protocol.js';
import { assertId } from '../assert-id.js';
import type { Server } from '../connect.js';
import { aboutRun } from '../failures.js';
import { newRunId } from '../new-run-id.js';
import type { StartOptions } from '../start.js';
import { type MethodHandle, openMethod } from './method-handle.js';

/**
 * Starts a method; returns when the server has it. With the id of one that has failed or was cancelled, and the same
 * configuration, it goes on with what that has come to.
 * @param config checked, its paths absolute
 * @throws ConfigurationError when the id is taken
 */
export async function startMethod(
  server: Server,
  method: MethodName,
  config: RunBase,
  { runId: wanted, continueAsNewAfterEvents }: StartOptions = {},
): Promise<MethodHandle> {
  const runId = wanted ?? newRunId(config.name);
  assertId('run id', runId);
  const args: [MethodInput] = [{ config, ...(continueAsNewAfterEvents && { continueAsNewAfterEvents }) }];
  try {
    await aboutRun(server, runId, () =>
      server.client.workflow.start(method, {
        workflowId: runId,
        taskQueue: ORCHESTRATION_QUEUE,
        args,
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        memo: { name: config.name, method },
        staticSummary: `${method}: ${config.name}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new ConfigurationError(
      `run id: received "${runId}", which a run has that goes on or has completed: choose another`,
      { cause: error },
    );
  }
  return openMethod(server, runId);
}
