import type { RunConfigInput } from '../domain/config.js';
import { RUN_WORKFLOW } from '../domain/protocol.js';
import { checkedConfig } from './checked-config.js';
import type { Server } from './connect.js';
import { openRun, type Run } from './run.js';
import { type StartOptions, startWork } from './start-work.js';

/**
 * Starts a run, see {@link startWork}.
 * @throws ConfigurationError when the configuration is wrong, or the id is taken
 */
export async function startRun(server: Server, input: RunConfigInput, options?: StartOptions): Promise<Run> {
  const config = checkedConfig(input);
  const { name } = config;
  const work = { workflow: RUN_WORKFLOW, config, memo: { name }, summary: name };
  return openRun(server, await startWork(server, work, options));
}
