import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { parseConfig } from '../domain/config/parse.js';
import { type RunConfig, runConfig } from '../domain/config.js';
import { readWritten } from './config-file/document.js';
import { applyOverrides, overrideOf, overrideWithin } from './config-file/overrides.js';
import { settingFrom, withSettings } from './config-file/settings.js';
import { withAbsolutePaths } from './config-paths.js';

/** {@link readConfig} of a run. */
export function readRunConfig(
  path: string,
  overrides: readonly string[] = [],
  others: readonly string[] = [],
): Promise<RunConfig> {
  return readConfig(runConfig, path, overrides, others);
}

/**
 * Reads a configuration, checks all of it and fills in the defaults. Relative paths in it are taken from
 * the file's folder, those of overrides from the current one, as everything on a command line; they are absolute after.
 * @param path a YAML or JSON file
 * @param overrides such as `student.steps=500`, values as in YAML
 * @param others files whose settings replace those of the first, for example a search's best policy
 * @throws ConfigurationError when it can't be read, is no YAML, or is wrong: every problem, with line and column
 */
export async function readConfig<Config>(
  schema: z.ZodType<Config>,
  path: string,
  overrides: readonly string[] = [],
  others: readonly string[] = [],
): Promise<Config> {
  const [file, ...more] = await Promise.all([path, ...others].map(readWritten));
  const written = more.reduce(withSettings, file!.content);
  const config = parseConfig(schema, applyOverrides(written, overrides), {
    name: path,
    position(keys) {
      const source = settingFrom(keys, more) ?? file!;
      // What the file doesn't have, something within it has made: `--set modles[0].width=32`.
      const override =
        overrideOf(keys, overrides) ?? (source.has(keys) ? undefined : overrideWithin(keys, overrides));
      return override === undefined ? source.placeOf(keys) : `--set ${override}:`;
    },
  });
  const folder = dirname(resolve(path));
  return withAbsolutePaths(config, (place) => (overrideOf(place, overrides) ? process.cwd() : folder));
}
