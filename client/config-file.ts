import { dirname, resolve } from 'node:path';
import type { Path } from '../domain/config/known-keys.js';
import type { ConfigOf, MethodName, RunConfig } from '../domain/methods.js';
import { parseRunConfig } from '../domain/parse-run-config.js';
import { readConfigFile } from './config-file/document.js';
import { applyOverrides, overrideOf, overrideWithin } from './config-file/overrides.js';
import { settingFrom, withSettings } from './config-file/settings.js';
import { withAbsolutePaths } from './config-paths.js';

export interface ReadOptions<Name extends MethodName> {
  /** Such as `student.steps=500`, values as in YAML. */
  readonly overrides?: readonly string[];
  /** Files whose settings replace those of the first, for example a search's best policy. */
  readonly others?: readonly string[];
  /** The one method that is accepted, if the caller has chosen it; the file may then leave `method` out. */
  readonly only?: Name | undefined;
}

/**
 * Reads the configuration of a run, checks all of it and fills in the defaults. Relative paths in it are taken from the
 * file's folder, those of overrides from the current folder; the result has absolute paths.
 * @param path a YAML or JSON file
 * @throws ConfigurationError if the file can't be read, is no YAML, or is wrong: every problem, with line and column
 */
export async function readRunConfig<Name extends MethodName = MethodName>(
  path: string,
  { overrides = [], others = [], only }: ReadOptions<Name> = {},
): Promise<MethodName extends Name ? RunConfig : ConfigOf<Name>> {
  const [file, ...more] = await Promise.all([path, ...others].map(readConfigFile));
  const content = applyOverrides(more.reduce(withSettings, file!.content), overrides);
  const config = parseRunConfig(content, { name: path, position: (keys) => positionOf(keys) }, only);
  const folder = dirname(resolve(path));
  return withAbsolutePaths(config, (place) => (overrideOf(place, overrides) ? process.cwd() : folder));

  function positionOf(keys: Path): string | undefined {
    const written = settingFrom(keys, more) ?? file!;
    // A key that no file has was made by an override of something within it: `--set modles[0].width=32`.
    const override =
      overrideOf(keys, overrides) ?? (written.has(keys) ? undefined : overrideWithin(keys, overrides));
    return override === undefined ? written.placeOf(keys) : `--set ${override}:`;
  }
}
