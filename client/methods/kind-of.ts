import { isMethod, type MethodName } from '../../domain/methods.js';
import type { Server } from '../connect.js';
import { aboutRun } from '../failures.js';

/** @throws UnknownRunError when there is no such work */
export async function kindOf(server: Server, runId: string): Promise<MethodName | 'run'> {
  const { type } = await aboutRun(server, runId, () => server.client.workflow.getHandle(runId).describe());
  return isMethod(type) ? type : 'run';
}
