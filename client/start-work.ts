import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { ConfigurationError } from '../domain/errors.js';
import { ORCHESTRATION_QUEUE } from '../domain/protocol.js';
import { assertId } from './assert-id.js';
import type { Server } from './connect.js';
import { aboutRun } from './failures.js';
import { newRunId } from './new-run-id.js';

export interface StartOptions {
  /** `name-yyyymmdd-xxxx` by default. The artifacts of the run lie under it, so no two runs can share it, unless one failed or was cancelled. */
  readonly runId?: string;
  /** Continue as new when the history has more events than so many; the server's suggestion by default. */
  readonly continueAsNewAfterEvents?: number;
}

/** Of an id that nobody chose, where another run has it. */
const MOST_DRAWS = 20;

interface Work<Config extends { readonly name: string }> {
  /** The type of its workflow. */
  readonly workflow: string;
  /** Checked, its paths absolute. */
  readonly config: Config;
  readonly memo: Readonly<Record<string, string>>;
  /** What Temporal's own pages show. */
  readonly summary: string;
}

/**
 * Starts a piece of work; returns its id when the server has it. With the id of one that has failed or was cancelled, and
 * the same configuration, it goes on with what that has come to.
 * @throws ConfigurationError when the id is taken
 */
export async function startWork<Config extends { readonly name: string }>(
  server: Server,
  { workflow, config, memo, summary }: Work<Config>,
  { runId: wanted, continueAsNewAfterEvents }: StartOptions = {},
): Promise<string> {
  for (let draw = 1; ; draw++) {
    const runId = wanted ?? newRunId(config.name);
    assertId('run id', runId);
    try {
      await aboutRun(server, runId, () =>
        server.client.workflow.start(workflow, {
          workflowId: runId,
          taskQueue: ORCHESTRATION_QUEUE,
          args: [{ config, ...(continueAsNewAfterEvents && { continueAsNewAfterEvents }) }],
          // What has failed or was cancelled is gone on with, by who names it: its split, models and checkpoints are under its id.
          workflowIdReusePolicy: wanted ? 'ALLOW_DUPLICATE_FAILED_ONLY' : 'REJECT_DUPLICATE',
          memo,
          staticSummary: summary,
        }),
      );
      return runId;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      if (!wanted && draw < MOST_DRAWS) continue;
      throw new ConfigurationError(
        `run id: received "${runId}", which a run has that goes on or has completed: choose another`,
        { cause: error },
      );
    }
  }
}
