import { parseRunConfig } from '../domain/config/parse.js';
import type { RunConfig, RunConfigInput } from '../domain/config.js';
import { withAbsolutePaths } from './config-paths.js';

/**
 * A program's configuration with all defaults; relative paths are taken from its current folder.
 * @throws ConfigurationError naming every problem
 */
export function checkedConfig(input: RunConfigInput): RunConfig {
  return withAbsolutePaths(parseRunConfig(input), process.cwd());
}
