import type { z } from 'zod';
import { parseConfig } from '../../domain/config/parse.js';
import {
  METHOD_CONFIGS,
  type MethodConfig,
  type MethodConfigInput,
  type MethodReportOf,
} from '../../domain/method-types.js';
import type { MethodName } from '../../domain/methods.js';
import { withAbsolutePaths } from '../config-paths.js';
import type { Server } from '../connect.js';
import type { StartOptions } from '../start-work.js';
import type { MethodHandle } from './method-handle.js';
import { startMethod } from './start-method.js';

/**
 * Checks a program's configuration, takes relative paths from its current folder, and starts the method.
 * @throws ConfigurationError naming every problem
 */
export async function beginMethod<Name extends MethodName>(
  server: Server,
  method: Name,
  config: MethodConfigInput<Name>,
  options?: StartOptions,
): Promise<MethodHandle<MethodReportOf<Name>>> {
  const schema = METHOD_CONFIGS[method] as unknown as z.ZodType<MethodConfig<Name>>;
  const checked = withAbsolutePaths(parseConfig(schema, config), process.cwd());
  return (await startMethod(server, method, checked, options)) as MethodHandle<MethodReportOf<Name>>;
}
