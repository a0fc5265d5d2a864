import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { ConfigurationError } from '../domain/errors.js';
import type { RunConfig, RunConfigInput } from '../domain/methods.js';
import { parseRunConfig } from '../domain/parse-run-config.js';
import { ORCHESTRATION_QUEUE, RUN_WORKFLOW } from '../domain/protocol.js';
import type { RunInput } from '../domain/run.js';
import { assertId } from './assert-id.js';
import { withAbsolutePaths } from './config-paths.js';
import type { Server } from './connect.js';
import { translateErrors } from './failures.js';
import { newRunId } from './new-run-id.js';

export interface StartOptions {
  /**
   * `name-yyyymmdd-xxxx` by default. The artifacts of the run lie under it, so no two runs can share it; with the id of
   * a run that failed or was cancelled, the new one continues that run's work.
   */
  readonly runId?: string;
  /** Continue as new when the history has more events; the server's suggestion by default. */
  readonly continueAsNewAfterEvents?: number;
}

/** Tries at an id that nobody chose, until no other run has it. */
const MOST_DRAWS = 20;

/**
 * Starts a run; returns its id when the server has it.
 * @throws ConfigurationError if the configuration is wrong, or the id is taken
 */
export async function startRun(
  server: Server,
  input: RunConfigInput,
  { runId: wanted, continueAsNewAfterEvents }: StartOptions = {},
): Promise<string> {
  const config = checkedConfig(input);
  for (let draw = 1; ; draw++) {
    const runId = wanted ?? newRunId(config.name);
    assertId('run id', runId);
    try {
      await translateErrors(server, runId, () =>
        server.client.workflow.start(RUN_WORKFLOW, {
          ...runAction(config, { ...(continueAsNewAfterEvents && { continueAsNewAfterEvents }) }),
          workflowId: runId,
          // A run that failed or was cancelled left its split, models and checkpoints under its id.
          workflowIdReusePolicy: wanted ? 'ALLOW_DUPLICATE_FAILED_ONLY' : 'REJECT_DUPLICATE',
        }),
      );
      return runId;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      if (!wanted && draw < MOST_DRAWS) continue;
      throw new ConfigurationError(
        `run id: received "${runId}", which belongs to a run that goes on or has completed: choose another`,
        { cause: error },
      );
    }
  }
}

/** A program's configuration with all defaults; relative paths are taken from the current folder. */
export function checkedConfig(input: RunConfigInput): RunConfig {
  return withAbsolutePaths(parseRunConfig(input), process.cwd());
}

/** How the server starts a run, at once or by a schedule. */
export function runAction(config: RunConfig, options: Omit<RunInput, 'config'> = {}) {
  const { name, method } = config;
  const args: [RunInput] = [{ config, ...options }];
  return {
    taskQueue: ORCHESTRATION_QUEUE,
    args,
    memo: { name, method },
    staticSummary: `${method}: ${name}`,
  };
}
