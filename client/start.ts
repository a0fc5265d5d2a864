import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { ConfigurationError } from '../domain/errors.js';
import type { RunConfig, RunConfigInput } from '../domain/methods.js';
import { parseRunConfig } from '../domain/parse-run-config.js';
import { type Queues, RUN_WORKFLOW } from '../domain/protocol.js';
import type { RunInput } from '../domain/run.js';
import { assertId } from './assert-id.js';
import { withAbsolutePaths } from './config-paths.js';
import type { Server } from './connect.js';
import { translateErrors } from './failures.js';
import { newRunId } from './new-run-id.js';
import { expectServedStore } from './stores.js';

export interface StartOptions {
  /**
   * `name-yyyymmdd-xxxx` by default. It names the folder of the run's artifacts. With the id of a run that failed or was
   * cancelled, the new run continues its work.
   */
  readonly runId?: string;
  /** Continue as new when the history has more events; by default when the server suggests it. */
  readonly continueAsNewAfterEvents?: number;
}

/** Attempts at drawing a run id that is free. */
const MAX_DRAWS = 20;

/**
 * Starts a run and returns its id.
 * @throws ConfigurationError if the configuration is invalid, or the id is taken
 */
export async function startRun(
  server: Server,
  input: RunConfigInput,
  { runId: wanted, continueAsNewAfterEvents }: StartOptions = {},
): Promise<string> {
  const config = checkedConfig(input);
  const queues = await servedQueues(server);
  for (let draw = 1; ; draw++) {
    const runId = wanted ?? newRunId(config.name);
    assertId('run id', runId);
    try {
      await translateErrors(server, runId, () =>
        server.client.workflow.start(RUN_WORKFLOW, {
          ...runAction(config, queues, { ...(continueAsNewAfterEvents && { continueAsNewAfterEvents }) }),
          workflowId: runId,
          // Continues from the artifacts of a failed or cancelled run with the same id.
          workflowIdReusePolicy: wanted ? 'ALLOW_DUPLICATE_FAILED_ONLY' : 'REJECT_DUPLICATE',
        }),
      );
      return runId;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      if (!wanted && draw < MAX_DRAWS) continue;
      throw new ConfigurationError(
        `run id: received "${runId}", which belongs to a run that is running or has completed: choose another`,
        { cause: error },
      );
    }
  }
}

/**
 * The queues for new runs.
 * @throws ConfigurationError if all workers have another store
 * @throws ServerUnreachableError if the server does not answer
 */
export async function servedQueues(server: Server): Promise<Queues> {
  await translateErrors(server, 'store', () => expectServedStore(server));
  return server.queues();
}

/** Checks a configuration and fills in the defaults; relative paths are resolved against the current folder. */
export function checkedConfig(input: RunConfigInput): RunConfig {
  return withAbsolutePaths(parseRunConfig(input), process.cwd());
}

/** The start options that runs and schedules share. */
export function runAction(
  config: RunConfig,
  { orchestration }: Pick<Queues, 'orchestration'>,
  options: Omit<RunInput, 'config'> = {},
) {
  const { name, method } = config;
  const args: [RunInput] = [{ config, ...options }];
  return {
    taskQueue: orchestration,
    args,
    memo: { name, method },
    staticSummary: `${method}: ${name}`,
  };
}
