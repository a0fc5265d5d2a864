import type { RunBase } from '../../domain/config/base.js';
import { commandOf, type MethodName } from '../../domain/methods.js';
import type { Server } from '../connect.js';
import { type StartOptions, startWork } from '../start-work.js';
import { type MethodHandle, openMethod } from './method-handle.js';

/**
 * Starts a method, see {@link startWork}.
 * @param config checked, its paths absolute
 * @throws ConfigurationError when the id is taken
 */
export async function startMethod(
  server: Server,
  method: MethodName,
  config: RunBase,
  options?: StartOptions,
): Promise<MethodHandle> {
  const { name } = config;
  const work = { workflow: method, config, memo: { name, method }, summary: `${commandOf(method)}: ${name}` };
  return openMethod(server, await startWork(server, work, options));
}
